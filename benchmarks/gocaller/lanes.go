package main

import (
	"context"
	"errors"
	"sync"
	"time"
)

// inLanes runs work in so many goroutines and gathers their latencies, but for the
// first of each lane, which had to connect. The first error ends all.
func inLanes(
	ctx context.Context, lanes int, work func(ctx context.Context, lane int) ([]time.Duration, error),
) ([]time.Duration, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	results := make([][]time.Duration, lanes)
	var all sync.WaitGroup
	for lane := range lanes {
		all.Go(func() {
			latencies, err := work(ctx, lane)
			if err != nil {
				cancel(err)
			}
			results[lane] = latencies[min(1, len(latencies)):]
		})
	}
	all.Wait()
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	var latencies []time.Duration
	for _, result := range results {
		latencies = append(latencies, result...)
	}
	if len(latencies) == 0 {
		return nil, errors.New("nothing was sent")
	}
	return latencies, nil
}
