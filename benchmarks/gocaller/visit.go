package main

import (
	"context"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"
)

// visit opens a stream of plan.method, waits for its first item and cancels it, on plan.lanes lanes again
// and again; each of these is a call.
func visit(ctx context.Context, conns []*grpc.ClientConn, p plan) ([]time.Duration, error) {
	var next atomic.Int64
	return inLanes(ctx, p.lanes, func(ctx context.Context, lane int) ([]time.Duration, error) {
		var latencies []time.Duration
		for int(next.Add(1)) <= p.calls {
			asked := time.Now()
			leave, _, err := enter(ctx, conns[lane%len(conns)], p)
			if err != nil {
				return nil, err
			}
			leave()
			latencies = append(latencies, time.Since(asked))
		}
		return latencies, nil
	})
}

// enter opens a stream, whose request is the last body, and returns when it has had its first item.
func enter(ctx context.Context, conn *grpc.ClientConn, p plan) (context.CancelFunc, grpc.ClientStream, error) {
	ctx, leave := context.WithCancel(ctx)
	client, err := conn.NewStream(ctx, &serverStreaming, p.method)
	if err == nil {
		err = client.SendMsg(&p.bodies[len(p.bodies)-1])
	}
	if err == nil {
		err = client.CloseSend()
	}
	if err == nil {
		var first []byte
		err = client.RecvMsg(&first)
	}
	if err != nil {
		leave()
	}
	return leave, client, err
}
