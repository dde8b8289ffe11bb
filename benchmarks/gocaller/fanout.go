package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	"google.golang.org/grpc"
)

var serverStreaming = grpc.StreamDesc{ServerStreams: true}

const (
	payloadBytes = 100
	batch        = 10  // messages a call, where they are not paced
	outstanding  = 400 // messages at most that a subscriber has not received
)

// fanOut publishes plan.calls messages to one channel, which is the first body, and has each of
// plan.lanes streams of plan.method receive them all; plan.release publishes. With plan.every one
// is published as often, else as fast as they are received. A latency is from publishing to receiving.
func fanOut(ctx context.Context, conns []*grpc.ClientConn, p plan) ([]time.Duration, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	streams, err := listenAll(ctx, conns, p)
	if err != nil {
		return nil, err
	}
	received := make([]atomic.Int64, p.lanes)
	results := make(chan []time.Duration, p.lanes)
	for lane, client := range streams {
		go func() {
			latencies, err := receiveAll(client, p.calls, &received[lane])
			if err != nil {
				cancel(fmt.Errorf("a subscriber: %w", err))
			}
			results <- latencies
		}()
	}
	if err := publishAll(ctx, conns, p, received); err != nil {
		cancel(err)
	}
	var all []time.Duration
	for range p.lanes {
		all = append(all, <-results...)
	}
	return all, context.Cause(ctx)
}

// listen opens plan.lanes streams and keeps them until SIGTERM; a line says when all are open.
func listen(ctx context.Context, conns []*grpc.ClientConn, p plan) ([]time.Duration, error) {
	ended, stop := signal.NotifyContext(ctx, syscall.SIGTERM)
	defer stop()
	if _, err := listenAll(ended, conns, p); err != nil {
		return nil, err
	}
	fmt.Println("ready")
	<-ended.Done()
	return []time.Duration{0}, nil
}

// listenAll opens the streams, which begin with an item that says so. The last body is the request.
func listenAll(ctx context.Context, conns []*grpc.ClientConn, p plan) ([]grpc.ClientStream, error) {
	streams := make([]grpc.ClientStream, p.lanes)
	_, err := inLanes(ctx, p.lanes, func(_ context.Context, lane int) ([]time.Duration, error) {
		client, err := conns[lane%len(conns)].NewStream(ctx, &serverStreaming, p.method)
		if err != nil {
			return nil, err
		}
		streams[lane] = client
		if err := client.SendMsg(&p.bodies[len(p.bodies)-1]); err != nil {
			return nil, err
		}
		if err := client.CloseSend(); err != nil {
			return nil, err
		}
		var first []byte
		return []time.Duration{0, 0}, client.RecvMsg(&first)
	})
	return streams, err
}

func publishAll(ctx context.Context, conns []*grpc.ClientConn, p plan, received []atomic.Int64) error {
	if p.every > 0 {
		return publishPaced(ctx, conns, p)
	}
	for sent := 0; sent < p.calls; {
		for slowest(received) < int64(sent-outstanding) && ctx.Err() == nil {
			time.Sleep(100 * time.Microsecond)
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		some := min(batch, p.calls-sent)
		request, answer := publication(string(p.bodies[0]), some), []byte(nil)
		if err := conns[0].Invoke(ctx, p.release, &request, &answer); err != nil {
			return err
		}
		sent += some
	}
	return nil
}

// publishPaced does not wait for one message's answer before it publishes the next.
func publishPaced(ctx context.Context, conns []*grpc.ClientConn, p plan) error {
	pace, ends := time.NewTicker(p.every), make(chan error, p.calls)
	defer pace.Stop()
	for range p.calls {
		<-pace.C
		go func() {
			request, answer := publication(string(p.bodies[0]), 1), []byte(nil)
			ends <- conns[0].Invoke(ctx, p.release, &request, &answer)
		}()
	}
	for range p.calls {
		if err := <-ends; err != nil {
			return err
		}
	}
	return nil
}

func slowest(received []atomic.Int64) int64 {
	least := received[0].Load()
	for lane := range received {
		least = min(least, received[lane].Load())
	}
	return least
}

// receiveAll reads until so many messages came.
func receiveAll(client grpc.ClientStream, calls int, received *atomic.Int64) ([]time.Duration, error) {
	latencies := make([]time.Duration, 0, calls)
	for len(latencies) < calls {
		var response []byte
		if err := client.RecvMsg(&response); err != nil {
			return latencies, err
		}
		now := time.Now().UnixNano()
		err := payloads(response, func(payload []byte) {
			sent := int64(binary.BigEndian.Uint64(payload))
			latencies = append(latencies, time.Duration(now-sent))
		})
		if err != nil {
			return latencies, err
		}
		received.Store(int64(len(latencies)))
	}
	return latencies, nil
}

// What PubSubService says (protos/quikstate/v1/pub_sub.proto), each a field with a length.
const (
	publicationsTag = 1<<3 | 2 // of PublishRequest
	channelTag      = 1<<3 | 2 // of Publication
	payloadTag      = 2<<3 | 2
	durabilityTag   = 3 << 3 // a varint
	durable         = 2
	eventsTag       = 1<<3 | 2 // of SubscribeResponse
	messagesTag     = 2<<3 | 2 // of SubscriptionEvent, and of ChannelMessages
	gapTag          = 3<<3 | 2
	publishedTag    = 1<<3 | 2 // the payload of PublishedMessage
)

func publication(channel string, count int) []byte {
	payload := make([]byte, payloadBytes)
	binary.BigEndian.PutUint64(payload, uint64(time.Now().UnixNano()))
	one := field(channelTag, []byte(channel))
	one = append(one, field(payloadTag, payload)...)
	one = append(one, durabilityTag, durable)
	var request []byte
	for range count {
		request = append(request, field(publicationsTag, one)...)
	}
	return request
}

// payloads calls with each payload of a response; a gap is an error.
func payloads(response []byte, call func([]byte)) error {
	return fields(response, eventsTag, func(event []byte) error {
		if len(event) > 0 && event[0] == gapTag {
			return errors.New("was told of a gap")
		}
		return fields(event, messagesTag, func(messages []byte) error {
			return fields(messages, messagesTag, func(message []byte) error {
				return fields(message, publishedTag, func(payload []byte) error {
					if len(payload) != payloadBytes {
						return errors.New("not the payload that was published")
					}
					call(payload)
					return nil
				})
			})
		})
	})
}

func field(tag byte, value []byte) []byte {
	return append(binary.AppendUvarint([]byte{tag}, uint64(len(value))), value...)
}

// fields calls with each field of this tag in a message whose fields all have a length.
func fields(message []byte, tag byte, call func([]byte) error) error {
	for len(message) > 0 {
		size, used := binary.Uvarint(message[1:])
		if used <= 0 || message[0]&7 != 2 || size > uint64(len(message)-1-used) {
			return errors.New("not a message of fields with lengths")
		}
		value := message[1+used : 1+used+int(size)]
		if message[0] == tag {
			if err := call(value); err != nil {
				return err
			}
		}
		message = message[1+used+int(size):]
	}
	return nil
}
