package main

import (
	"context"
	"errors"
	"io"
	"time"

	"google.golang.org/grpc"
)

var bidirectional = grpc.StreamDesc{ClientStreams: true, ServerStreams: true}

// stream keeps plan.window messages in flight on each of plan.lanes streams.
func stream(ctx context.Context, conns []*grpc.ClientConn, p plan) ([]time.Duration, error) {
	return inLanes(ctx, p.lanes, func(ctx context.Context, lane int) ([]time.Duration, error) {
		first, last := p.calls*lane/p.lanes, p.calls*(lane+1)/p.lanes
		client, err := conns[lane%len(conns)].NewStream(ctx, &bidirectional, p.method)
		if err != nil {
			return nil, err
		}
		return exchange(client, p, first, last)
	})
}

// exchange sends the messages first to last-1 and waits for all their answers.
func exchange(client grpc.ClientStream, p plan, first, last int) ([]time.Duration, error) {
	sent := make(map[uint64]time.Time, p.window)
	latencies := make([]time.Duration, 0, last-first)
	next := first
	for len(latencies) < last-first {
		for ; next < last && len(sent) < p.window; next++ {
			id := uint64(next) + 1 // 0 would not be on the wire
			message := correlated(id, p.bodies[next%len(p.bodies)])
			sent[id] = time.Now()
			if err := client.SendMsg(&message); err != nil {
				return nil, closing(client, err)
			}
		}
		var answer []byte
		if err := client.RecvMsg(&answer); err != nil {
			return nil, err
		}
		id, err := correlation(answer)
		if err != nil {
			return nil, err
		}
		latencies = append(latencies, time.Since(sent[id]))
		delete(sent, id)
	}
	return latencies, end(client)
}

// end half-closes a stream and wants it to end well.
func end(client grpc.ClientStream) error {
	if err := client.CloseSend(); err != nil {
		return err
	}
	var answer []byte
	switch err := client.RecvMsg(&answer); err {
	case io.EOF:
		return nil
	case nil:
		return errors.New("an answer too many")
	default:
		return err
	}
}

// closing finds out why a stream does not take messages any more.
func closing(client grpc.ClientStream, err error) error {
	if err != io.EOF {
		return err
	}
	var answer []byte
	return client.RecvMsg(&answer)
}
