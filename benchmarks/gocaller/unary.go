package main

import (
	"context"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"
)

// unary keeps plan.lanes calls in flight.
func unary(ctx context.Context, conns []*grpc.ClientConn, p plan) ([]time.Duration, error) {
	var next atomic.Int64
	return inLanes(ctx, p.lanes, func(ctx context.Context, lane int) ([]time.Duration, error) {
		var latencies []time.Duration
		var answer []byte
		for {
			turn := int(next.Add(1)) - 1
			if turn >= p.calls {
				return latencies, nil
			}
			sent := time.Now()
			if err := conns[lane%len(conns)].Invoke(ctx, p.method, &p.bodies[turn%len(p.bodies)], &answer); err != nil {
				return nil, err
			}
			latencies = append(latencies, time.Since(sent))
		}
	})
}
