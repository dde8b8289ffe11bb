package main

import (
	"context"
	"fmt"
	"io"
	"os/signal"
	"syscall"
	"time"

	"google.golang.org/grpc"
)

// What HoldLock answers (protos/quikstate/v1).
const (
	grantedTag = 2<<3 | 2
	renewedTag = 3<<3 | 2
)

// hold opens plan.lanes streams, each with a body of its own, and prints a line when all have
// their leases. It sends the last body on each of them every plan.every until SIGTERM comes,
// and then ends them well.
func hold(ctx context.Context, conns []*grpc.ClientConn, p plan) error {
	ended, stop := signal.NotifyContext(ctx, syscall.SIGTERM)
	defer stop()
	lanes := make([]grpc.ClientStream, p.lanes)
	_, err := inLanes(ctx, p.lanes, func(ctx context.Context, lane int) ([]time.Duration, error) {
		// Its lane ends, the stream goes on.
		client, err := open(context.WithoutCancel(ctx), conns[lane%len(conns)], p, p.bodies[lane])
		lanes[lane] = client
		return []time.Duration{0, 0}, err
	})
	if err != nil {
		return err
	}
	fmt.Println("ready")
	ends := make(chan error, p.lanes)
	for _, client := range lanes {
		go func() { ends <- keep(ended, client, p) }()
	}
	for range lanes {
		if err := <-ends; err != nil {
			return err
		}
	}
	return nil
}

// open begins a stream that is granted its lease at once.
func open(ctx context.Context, conn *grpc.ClientConn, p plan, body []byte) (grpc.ClientStream, error) {
	client, err := conn.NewStream(ctx, &bidirectional, p.method)
	if err != nil {
		return nil, err
	}
	if err := client.SendMsg(&body); err != nil {
		return nil, closing(client, err)
	}
	return client, receive(client, grantedTag)
}

// keep speaks on a stream until ended, then half-closes it.
func keep(ended context.Context, client grpc.ClientStream, p plan) error {
	heard := make(chan error, 1)
	go func() {
		var err error
		for err == nil {
			err = receive(client, renewedTag)
		}
		heard <- err
	}()
	speak := time.NewTicker(p.every)
	defer speak.Stop()
	for {
		select {
		case <-speak.C:
			if err := client.SendMsg(&p.bodies[len(p.bodies)-1]); err != nil {
				return <-heard
			}
		case err := <-heard:
			return err
		case <-ended.Done():
			if err := client.CloseSend(); err != nil {
				return err
			}
			if err := <-heard; err != io.EOF {
				return err
			}
			return nil
		}
	}
}

// receive wants one kind of message.
func receive(client grpc.ClientStream, tag byte) error {
	var answer []byte
	if err := client.RecvMsg(&answer); err != nil {
		return err
	}
	if len(answer) == 0 || answer[0] != tag {
		return fmt.Errorf("not what was due: %q", answer)
	}
	return nil
}
