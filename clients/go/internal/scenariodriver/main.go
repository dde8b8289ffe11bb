// Command scenariodriver makes the calls of the shared scenarios through the Go stubs: a command a line of
// standard input, an answer a line of standard output, as tests/scenarios/README.md says.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/encoding/protojson"
)

type command struct {
	Do      string          `json:"do"`
	Call    string          `json:"call"`
	Method  string          `json:"method"`
	Request json.RawMessage `json:"request"`
	Timeout float64         `json:"timeout"`
	Within  float64         `json:"within"`
}

type driver struct {
	conn  *grpc.ClientConn
	calls map[string]*call
}

func main() {
	log.SetFlags(0)
	conn, err := grpc.NewClient(os.Getenv("QUIKSTATE_ADDR"), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()
	d := &driver{conn: conn, calls: map[string]*call{}}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var c command
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			log.Fatal(err)
		}
		answer, err := d.run(c)
		if err != nil {
			log.Fatalf("%s: %v", lines.Text(), err)
		}
		if err := json.NewEncoder(os.Stdout).Encode(answer); err != nil {
			log.Fatal(err)
		}
	}
}

func (d *driver) run(c command) (any, error) {
	if c.Do == "open" {
		opened, err := open(d.conn, c)
		d.calls[c.Call] = opened
		return struct{}{}, err
	}
	call, known := d.calls[c.Call]
	if !known {
		return nil, fmt.Errorf("no call %q is open", c.Call)
	}
	switch c.Do {
	case "send":
		return struct{}{}, call.send(c.Request)
	case "half_close":
		return struct{}{}, call.halfClose()
	case "cancel":
		call.cancel()
		return struct{}{}, nil
	case "receive":
		return call.receive(seconds(c.Within))
	}
	return nil, fmt.Errorf("what is %q", c.Do)
}

func (c *call) receive(within time.Duration) (any, error) {
	select {
	case o := <-c.outcomes:
		if o.item != nil {
			item, err := protojson.Marshal(o.item)
			return map[string]json.RawMessage{"item": item}, err
		}
		if o.err != nil {
			return map[string]failure{"error": failed(o.err)}, nil
		}
		return map[string]bool{"end": true}, nil
	case <-time.After(within):
		return map[string]bool{"nothing": true}, nil
	}
}

func seconds(s float64) time.Duration {
	return time.Duration(s * float64(time.Second))
}
