// Command gocaller loads a gRPC server with messages it does not understand.
//
// It reads length-delimited messages from a file, sends them as unary calls or
// on bidirectional streams, and prints one line of JSON about what came back.
// Leases it takes and releases, hands over, or holds; the items of queues it enqueues and settles; to
// channels it publishes and listens. It can also keep calling a server that drains, and serve the empty
// call itself, as grpc-go does.
// Messages stay bytes, so that the caller costs far less than the server.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"sort"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/resolver"
	"google.golang.org/grpc/resolver/manual"
)

// A plan is what the command line asks for.
type plan struct {
	method  string
	release string // the method that releases what method gave, or publishes what method hears
	bodies  [][]byte
	calls   int
	lanes   int           // unary calls, or streams, at once
	window  int           // messages in flight a stream
	every   time.Duration // between keepalives on a stream, or messages that are published
	leaving int           // of the streams that hear, so many leave before the first message
}

// A load runs a plan over some connections and returns each answer's latency.
type load func(context.Context, []*grpc.ClientConn, plan) ([]time.Duration, error)

var loads = map[string]load{
	"unary": unary, "stream": stream, "leases": leases, "hand-over": handOver,
	"work": work, "consume": consume, "visit": visit,
}

// A session lasts until the program that started this one ends it, and is told what to do meanwhile.
type session func(context.Context, []*grpc.ClientConn, plan) error

var sessions = map[string]session{"hold": hold, "fan-out": fanOut, "press": press}

// A report is what one run prints.
type report struct {
	Calls   int     `json:"calls"`
	Seconds float64 `json:"seconds"`
	P50     float64 `json:"p50_us"`
	P99     float64 `json:"p99_us"`
	Lost    int     `json:"lost"` // calls with an error, or deliveries that never came
	Why     string  `json:"why"`  // the first error, of whatever lost some
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "gocaller:", err)
		os.Exit(1)
	}
}

func run() error {
	target := flag.String("target", "", "host:port of the server; of several, by commas, the first that answers")
	connections := flag.Int("connections", 4, "connections to it")
	mode := flag.String("mode", "unary", "unary, stream, leases, hand-over, work, consume, visit; "+
		"hold, fan-out or press, which last; or serve")
	file := flag.String("bodies", "", "file of length-delimited messages, sent in turn")
	var p plan
	flag.StringVar(&p.method, "method", "", "full method, such as /package.Service/Method")
	flag.StringVar(&p.release, "release", "", "full method that releases a lease, settles an item, or publishes")
	flag.IntVar(&p.calls, "calls", 1000, "messages to send in all")
	flag.IntVar(&p.lanes, "lanes", 64, "unary calls, or streams, at once")
	flag.IntVar(&p.window, "window", 1, "messages in flight a stream")
	flag.DurationVar(&p.every, "every", 10*time.Second,
		"between keepalives on a stream, or messages; 0 for as fast as it goes")
	flag.IntVar(&p.leaving, "leaving", 0, "streams that leave at once before the first message")
	var i identity
	flag.StringVar(&i.token, "token", "", "bearer token to send")
	flag.StringVar(&i.ca, "ca", "", "file with the CA of the server; without it nothing is encrypted")
	flag.StringVar(&i.cert, "cert", "", "file with a client certificate")
	flag.StringVar(&i.key, "key", "", "file with its key")
	flag.Parse()

	if *mode == "serve" {
		return serve()
	}
	var err error
	if p.bodies, err = readBodies(*file); err != nil {
		return err
	}
	options, err := i.options()
	if err != nil {
		return err
	}
	conns, err := connect(strings.Split(*target, ","), *connections, options)
	if err != nil {
		return err
	}
	return play(*mode, conns, p)
}

func play(mode string, conns []*grpc.ClientConn, p plan) error {
	if last, ok := sessions[mode]; ok {
		return last(context.Background(), conns, p)
	}
	start, ok := loads[mode]
	if !ok {
		return fmt.Errorf("no mode %q", mode)
	}
	begun := time.Now()
	latencies, err := start(context.Background(), conns, p)
	if err != nil {
		return err
	}
	return tell(summarize(latencies, time.Since(begun), p.calls))
}

// connect makes connections that each go to the first of the addresses that answers, and to the
// next when that one goes away.
func connect(addresses []string, count int, options []grpc.DialOption) ([]*grpc.ClientConn, error) {
	servers := resolver.State{}
	for _, address := range addresses {
		servers.Endpoints = append(servers.Endpoints,
			resolver.Endpoint{Addresses: []resolver.Address{{Addr: address}}})
	}
	conns := make([]*grpc.ClientConn, count)
	for i := range conns {
		known := manual.NewBuilderWithScheme("known")
		known.InitialState(servers)
		conn, err := grpc.NewClient("known:///"+addresses[0], append(slices.Clone(options),
			grpc.WithResolvers(known),
			grpc.WithDefaultCallOptions(grpc.ForceCodecV2(rawCodec{})))...)
		if err != nil {
			return nil, err
		}
		conns[i] = conn
	}
	return conns, nil
}

func summarize(latencies []time.Duration, elapsed time.Duration, calls int) report {
	told := report{Calls: calls, Seconds: elapsed.Seconds()}
	if len(latencies) == 0 {
		return told
	}
	sort.Slice(latencies, func(i, j int) bool { return latencies[i] < latencies[j] })
	at := func(quantile float64) float64 {
		return float64(latencies[int(quantile*float64(len(latencies)-1))].Nanoseconds()) / 1e3
	}
	told.P50, told.P99 = at(0.50), at(0.99)
	return told
}

func tell(told report) error {
	return json.NewEncoder(os.Stdout).Encode(told)
}
