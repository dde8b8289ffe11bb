package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"google.golang.org/grpc"
)

var serverStreaming = grpc.StreamDesc{ServerStreams: true}

const (
	batch       = 10  // messages a call, where they are not paced
	outstanding = 400 // messages at most that a subscriber has not received, where they are not paced
	quiet       = 5 * time.Second
	patience    = 2 * time.Minute
)

// fanOut opens plan.lanes streams of plan.method on one channel, and a line says when all are open. Then
// each line on standard input is a number of messages, which plan.release publishes and every stream is to
// receive; a report answers it. The first body is the publication but for its payload, the last one the
// request of the streams. With plan.every one message is published as often, and what does not come is
// reported as lost; else they are published as fast as they are received, and all must come. A latency is
// from publishing to receiving, the seconds are from the first publishing to the last receiving.
func fanOut(ctx context.Context, conns []*grpc.ClientConn, p plan) error {
	heard, err := listenAll(ctx, conns, p)
	if err != nil {
		return err
	}
	fmt.Println("ready")
	orders := bufio.NewScanner(os.Stdin)
	for round := uint32(1); orders.Scan(); round++ {
		if p.calls, err = strconv.Atoi(orders.Text()); err != nil {
			return err
		}
		if heard = leave(heard, &p); len(heard) == 0 {
			return errors.New("nobody stays to hear")
		}
		told, err := publishRound(ctx, conns, p, heard, round)
		if err != nil {
			return err
		}
		if err := tell(told); err != nil {
			return err
		}
	}
	return orders.Err()
}

// listenAll opens the streams, which begin with an item that says so.
func listenAll(ctx context.Context, conns []*grpc.ClientConn, p plan) ([]*subscriber, error) {
	all := make([]*subscriber, p.lanes)
	_, err := inLanes(ctx, p.lanes, func(_ context.Context, lane int) ([]time.Duration, error) {
		// Its lane ends, the stream goes on.
		leave, stream, err := enter(ctx, conns[lane%len(conns)], p)
		all[lane] = &subscriber{leave: leave, stream: stream}
		return []time.Duration{0, 0}, err
	})
	if err != nil {
		return nil, fmt.Errorf("a subscription: %w", err)
	}
	for _, one := range all {
		go one.hear()
	}
	return all, nil
}

// leave cancels the streams of those that are not to stay, all at once, and returns the others.
func leave(heard []*subscriber, p *plan) []*subscriber {
	staying := heard[:max(0, len(heard)-p.leaving)]
	for _, one := range heard[len(staying):] {
		one.leave()
	}
	p.leaving = 0
	return staying
}

func publishRound(
	ctx context.Context, conns []*grpc.ClientConn, p plan, heard []*subscriber, round uint32,
) (report, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for _, one := range heard {
		one.begin(round)
	}
	begun := time.Now()
	if p.every > 0 {
		failure := publishPaced(ctx, conns, p, round)
		await(heard, int64(p.calls))
		told := sumUp(heard, begun, p.calls)
		if failure != nil {
			told.Why = failure.Error()
		}
		return told, nil
	}
	if err := publishFast(ctx, conns, p, heard, round); err != nil {
		return report{}, err
	}
	await(heard, int64(p.calls))
	told := sumUp(heard, begun, p.calls)
	if told.Lost > 0 {
		return told, fmt.Errorf("%d deliveries never came: %s", told.Lost, told.Why)
	}
	return told, nil
}

// publishFast publishes as fast as the slowest subscriber receives.
func publishFast(
	ctx context.Context, conns []*grpc.ClientConn, p plan, heard []*subscriber, round uint32,
) error {
	for sent := 0; sent < p.calls; {
		for slowest(heard) < int64(sent-outstanding) {
			time.Sleep(100 * time.Microsecond)
			if ctx.Err() != nil {
				return fmt.Errorf("a subscriber does not receive: %s", sumUp(heard, time.Now(), sent).Why)
			}
		}
		some := min(batch, p.calls-sent)
		request, answer := publication(p.bodies[0], some, round), []byte(nil)
		if err := conns[0].Invoke(ctx, p.release, &request, &answer); err != nil {
			return fmt.Errorf("a publication: %w", err)
		}
		sent += some
	}
	return nil
}

// publishPaced does not wait for one message's answer before it publishes the next. It returns the first
// failure, when all are answered: what was not published is lost like what was not delivered.
func publishPaced(ctx context.Context, conns []*grpc.ClientConn, p plan, round uint32) (failure error) {
	pace, ends := time.NewTicker(p.every), make(chan error, p.calls)
	defer pace.Stop()
	for range p.calls {
		<-pace.C
		go func() {
			request, answer := publication(p.bodies[0], 1, round), []byte(nil)
			ends <- conns[0].Invoke(ctx, p.release, &request, &answer)
		}()
	}
	for range p.calls {
		if err := <-ends; err != nil && failure == nil {
			failure = fmt.Errorf("a publication: %w", err)
		}
	}
	return failure
}

func slowest(heard []*subscriber) int64 {
	least := heard[0].received.Load()
	for _, one := range heard {
		least = min(least, one.received.Load())
	}
	return least
}

// await returns when everyone has received so many messages, or when nobody has received any for a while.
func await(heard []*subscriber, calls int64) {
	wanted, before, since := calls*int64(len(heard)), int64(-1), time.Now()
	for time.Since(since) < quiet {
		var received int64
		for _, one := range heard {
			received += one.received.Load()
		}
		if received >= wanted {
			return
		}
		if received > before {
			before, since = received, time.Now()
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func sumUp(heard []*subscriber, begun time.Time, calls int) report {
	var all []time.Duration
	ended, why := begun, ""
	for _, one := range heard {
		latencies, last, trouble := one.heard()
		all = append(all, latencies...)
		if last.After(ended) {
			ended = last
		}
		if trouble != nil && why == "" {
			why = trouble.Error()
		}
	}
	told := summarize(all, ended.Sub(begun), calls)
	told.Lost, told.Why = calls*len(heard)-len(all), why
	return told
}
