// Command gocaller loads a gRPC server with messages it does not understand.
//
// It reads length-delimited messages from a file, sends them as unary calls or
// on bidirectional streams, and prints one line of JSON about what came back.
// Leases it takes and releases, hands over, or holds; the items of queues it enqueues and settles; to
// channels it publishes and listens.
// Messages stay bytes, so that the caller costs far less than the server.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"sort"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
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
}

// A load runs a plan over some connections and returns each answer's latency.
type load func(context.Context, []*grpc.ClientConn, plan) ([]time.Duration, error)

var loads = map[string]load{
	"unary": unary, "stream": stream, "leases": leases, "hand-over": handOver, "hold": hold,
	"work": work, "consume": consume,
	"fan-out": fanOut, "listen": listen,
}

// A report is what one run prints.
type report struct {
	Calls   int     `json:"calls"`
	Seconds float64 `json:"seconds"`
	P50     float64 `json:"p50_us"`
	P99     float64 `json:"p99_us"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "gocaller:", err)
		os.Exit(1)
	}
}

func run() error {
	target := flag.String("target", "", "host:port of the server")
	connections := flag.Int("connections", 4, "connections to it")
	method := flag.String("method", "", "full method, such as /package.Service/Method")
	release := flag.String("release", "", "full method that releases a lease, settles an item, or publishes")
	mode := flag.String("mode", "unary", "unary, stream, leases, hand-over, hold, work, consume, fan-out or listen")
	file := flag.String("bodies", "", "file of length-delimited messages, sent in turn")
	calls := flag.Int("calls", 1000, "messages to send in all")
	lanes := flag.Int("lanes", 64, "unary calls, or streams, at once")
	window := flag.Int("window", 1, "messages in flight a stream")
	every := flag.Duration("every", 10*time.Second, "between keepalives on a stream, or messages; 0 for as fast as it goes")
	flag.Parse()

	start, ok := loads[*mode]
	if !ok {
		return fmt.Errorf("no mode %q", *mode)
	}
	bodies, err := readBodies(*file)
	if err != nil {
		return err
	}
	conns, err := connect(*target, *connections)
	if err != nil {
		return err
	}
	begun := time.Now()
	latencies, err := start(context.Background(), conns,
		plan{*method, *release, bodies, *calls, *lanes, *window, *every})
	if err != nil {
		return err
	}
	result := summarize(latencies, time.Since(begun))
	result.Calls = *calls
	return json.NewEncoder(os.Stdout).Encode(result)
}

func connect(target string, count int) ([]*grpc.ClientConn, error) {
	conns := make([]*grpc.ClientConn, count)
	for i := range conns {
		conn, err := grpc.NewClient(target,
			grpc.WithTransportCredentials(insecure.NewCredentials()),
			grpc.WithDefaultCallOptions(grpc.ForceCodecV2(rawCodec{})))
		if err != nil {
			return nil, err
		}
		conns[i] = conn
	}
	return conns, nil
}

func summarize(latencies []time.Duration, elapsed time.Duration) report {
	sort.Slice(latencies, func(i, j int) bool { return latencies[i] < latencies[j] })
	at := func(quantile float64) float64 {
		return float64(latencies[int(quantile*float64(len(latencies)-1))].Nanoseconds()) / 1e3
	}
	return report{Seconds: elapsed.Seconds(), P50: at(0.50), P99: at(0.99)}
}
