package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"
)

// The answers of AcquireLock and ReleaseLock begin with whether they did it, as
// field 1; the lease is then field 2, and field 1 of ReleaseLock (protos/quikstate/v1).
const (
	done       = "\x08\x01"
	leaseTag   = 2<<3 | 2
	releaseTag = 1<<3 | 2
)

// leases takes and releases in turn on plan.lanes lanes, and each of these is a call.
// Each lane has bodies of its own, so there must be as many as lanes, or a multiple.
func leases(ctx context.Context, conns []*grpc.ClientConn, p plan) ([]time.Duration, error) {
	return inLanes(ctx, p.lanes, func(ctx context.Context, lane int) ([]time.Duration, error) {
		conn, pairs := conns[lane%len(conns)], p.calls/2
		var latencies []time.Duration
		for pair := lane; pair < pairs; pair += p.lanes {
			asked := time.Now()
			lease, err := take(ctx, conn, p, p.bodies[pair%len(p.bodies)])
			if err != nil {
				return nil, err
			}
			taken := time.Now()
			if err := release(ctx, conn, p, lease); err != nil {
				return nil, err
			}
			latencies = append(latencies, taken.Sub(asked), time.Since(taken))
		}
		return latencies, nil
	})
}

// handOver has plan.lanes callers wait for one lease, each of whom releases it at once.
// A latency is the time from a release to when the next in the queue knows of its lease.
func handOver(ctx context.Context, conns []*grpc.ClientConn, p plan) ([]time.Duration, error) {
	var turns atomic.Int64
	var released atomic.Pointer[time.Time]
	return inLanes(ctx, p.lanes, func(ctx context.Context, lane int) ([]time.Duration, error) {
		conn := conns[lane%len(conns)]
		var latencies []time.Duration
		for turns.Add(1) <= int64(p.calls) {
			lease, err := take(ctx, conn, p, p.bodies[0])
			if err != nil {
				return nil, err
			}
			if before := released.Load(); before != nil {
				latencies = append(latencies, time.Since(*before))
			}
			now := time.Now()
			released.Store(&now)
			if err := release(ctx, conn, p, lease); err != nil {
				return nil, err
			}
		}
		return latencies, nil
	})
}

// take gets a lease, as bytes.
func take(ctx context.Context, conn *grpc.ClientConn, p plan, body []byte) ([]byte, error) {
	var answer []byte
	if err := conn.Invoke(ctx, p.method, &body, &answer); err != nil {
		return nil, err
	}
	rest := answer[min(len(done), len(answer)):]
	if string(answer[:len(answer)-len(rest)]) != done || len(rest) == 0 || rest[0] != leaseTag {
		return nil, fmt.Errorf("no lease: %q", answer)
	}
	size, used := binary.Uvarint(rest[1:])
	if used <= 0 || size > uint64(len(rest)-1-used) {
		return nil, fmt.Errorf("not a lease: %q", rest)
	}
	return rest[1+used : 1+used+int(size)], nil
}

// release gives a lease back, which must still be held.
func release(ctx context.Context, conn *grpc.ClientConn, p plan, lease []byte) error {
	body := append(binary.AppendUvarint([]byte{releaseTag}, uint64(len(lease))), lease...)
	var answer []byte
	if err := conn.Invoke(ctx, p.release, &body, &answer); err != nil {
		return err
	}
	if string(answer) != done {
		return fmt.Errorf("the lease was lost: %q", answer)
	}
	return nil
}
