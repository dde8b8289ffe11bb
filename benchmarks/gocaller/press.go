package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"
)

const afterFailure = time.Millisecond // so that a server that refuses all is not asked a million times

// press keeps plan.lanes calls in flight until a line comes on standard input, and then reports how many
// ended with an error. A line says when every lane has had its first answer. Nothing is retried but what
// grpc-go itself knows that no server has begun.
func press(ctx context.Context, conns []*grpc.ClientConn, p plan) error {
	var ended atomic.Bool
	var lanes, first sync.WaitGroup
	results := make([]pressed, p.lanes)
	begun := time.Now()
	first.Add(p.lanes)
	for lane := range p.lanes {
		lanes.Go(func() {
			body := &p.bodies[lane%len(p.bodies)]
			results[lane].call(ctx, conns[lane%len(conns)], p.method, body)
			first.Done()
			for !ended.Load() {
				results[lane].call(ctx, conns[lane%len(conns)], p.method, body)
			}
		})
	}
	first.Wait()
	fmt.Println("ready")
	_, err := bufio.NewReader(os.Stdin).ReadString('\n')
	ended.Store(true)
	lanes.Wait()
	if err != nil {
		return err
	}
	return tell(together(results, time.Since(begun)))
}

// pressed is what one lane of calls came to.
type pressed struct {
	latencies []time.Duration
	lost      int
	why       string
}

func (p *pressed) call(ctx context.Context, conn *grpc.ClientConn, method string, body *[]byte) {
	var answer []byte
	sent := time.Now()
	if err := conn.Invoke(ctx, method, body, &answer); err != nil {
		p.lost++
		p.why = err.Error()
		time.Sleep(afterFailure)
		return
	}
	p.latencies = append(p.latencies, time.Since(sent))
}

func together(results []pressed, elapsed time.Duration) report {
	var all []time.Duration
	var lost pressed
	for _, result := range results {
		all = append(all, result.latencies...)
		lost.lost += result.lost
		if lost.why == "" {
			lost.why = result.why
		}
	}
	told := summarize(all, elapsed, len(all)+lost.lost)
	told.Lost, told.Why = lost.lost, lost.why
	return told
}
