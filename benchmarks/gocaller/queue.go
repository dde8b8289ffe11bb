package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/encoding/protowire"
)

// Of protos/quikstate/v1/queue.proto: the items of ReceiveResponse, of ConsumeItems and the results of
// SettleResponse are field 1, and so are the items of ConsumeResponse; a receipt is field 3 of an item.
const (
	itemsField     = 1
	settledField   = 2 // of ConsumeResponse
	settleField    = 2 // of ConsumeRequest
	receiptField   = 3
	ackField       = 2 // of Settlement
	settledOutcome = "\x08\x01"
)

// work enqueues, receives and acknowledges one item after another on plan.lanes lanes, and each item is
// a call. Half of the bodies enqueue and the other half receive, in the same order.
func work(ctx context.Context, conns []*grpc.ClientConn, p plan) ([]time.Duration, error) {
	receiveMethod := strings.Replace(p.method, "Enqueue", "Receive", 1)
	queues := len(p.bodies) / 2
	return inLanes(ctx, p.lanes, func(ctx context.Context, lane int) ([]time.Duration, error) {
		conn := conns[lane%len(conns)]
		var latencies []time.Duration
		for item := lane; item < p.calls; item += p.lanes {
			var answer []byte
			begun := time.Now()
			if err := conn.Invoke(ctx, p.method, &p.bodies[lane%queues], &answer); err != nil {
				return nil, err
			}
			if err := conn.Invoke(ctx, receiveMethod, &p.bodies[queues+lane%queues], &answer); err != nil {
				return nil, err
			}
			settle, count := acknowledging(answer)
			if count != 1 {
				return nil, fmt.Errorf("%d items where one was enqueued", count)
			}
			if err := conn.Invoke(ctx, p.release, &settle, &answer); err != nil {
				return nil, err
			}
			if settled(answer) != 1 {
				return nil, errors.New("an item was lost")
			}
			latencies = append(latencies, time.Since(begun))
		}
		return latencies, nil
	})
}

// consume has half of plan.lanes enqueue batches of plan.window items, and the other half consume and
// acknowledge them on streams. A latency is that of an acknowledgement.
func consume(ctx context.Context, conns []*grpc.ClientConn, p plan) ([]time.Duration, error) {
	batches := (p.calls + p.window - 1) / p.window
	var sent, done atomic.Int64
	streaming, end := context.WithCancel(ctx)
	defer end()
	return inLanes(ctx, p.lanes, func(ctx context.Context, lane int) ([]time.Duration, error) {
		conn := conns[lane%len(conns)]
		if lane%2 == 0 {
			var answer []byte
			for sent.Add(1) <= int64(batches) {
				if err := conn.Invoke(ctx, p.method, &p.bodies[0], &answer); err != nil {
					return nil, err
				}
			}
			return nil, nil
		}
		latencies, err := consumeOn(streaming, conn, p, func(count int) {
			if done.Add(int64(count)) >= int64(batches*p.window) {
				end()
			}
		})
		if streaming.Err() != nil && ctx.Err() == nil {
			err = nil
		}
		return latencies, err
	})
}

// consumeOn acknowledges whatever comes on one stream, and says how many were acknowledged each time.
func consumeOn(ctx context.Context, conn *grpc.ClientConn, p plan, count func(int)) ([]time.Duration, error) {
	stream, err := conn.NewStream(ctx, &bidirectional, strings.Replace(p.method, "Enqueue", "Consume", 1))
	if err != nil {
		return nil, err
	}
	if err := stream.SendMsg(&p.bodies[1]); err != nil {
		return nil, closing(stream, err)
	}
	latencies := []time.Duration{0} // for inLanes to leave out
	var asked []time.Time
	for {
		var answer []byte
		if err := stream.RecvMsg(&answer); err != nil {
			return latencies, err
		}
		field, body := only(answer)
		if field == settledField {
			latencies = append(latencies, time.Since(asked[0]))
			asked = asked[1:]
			count(settled(body))
			continue
		}
		settle, items := acknowledging(body)
		if field != itemsField || items == 0 {
			continue
		}
		asked = append(asked, time.Now())
		message := protowire.AppendBytes(protowire.AppendTag(nil, settleField, protowire.BytesType), settle)
		if err := stream.SendMsg(&message); err != nil {
			return latencies, closing(stream, err)
		}
	}
}

// acknowledging makes the SettleRequest for the items of a message, and says how many there are.
func acknowledging(message []byte) (settle []byte, count int) {
	each(message, func(field protowire.Number, item []byte) {
		each(item, func(field protowire.Number, receipt []byte) {
			if field != receiptField {
				return
			}
			settlement := protowire.AppendBytes(protowire.AppendTag(nil, 1, protowire.BytesType), receipt)
			settlement = protowire.AppendBytes(protowire.AppendTag(settlement, ackField, protowire.BytesType), nil)
			settle = protowire.AppendBytes(protowire.AppendTag(settle, 1, protowire.BytesType), settlement)
			count++
		})
	})
	return settle, count
}

// settled counts the results of a SettleResponse that were settled.
func settled(message []byte) (count int) {
	each(message, func(field protowire.Number, result []byte) {
		if field == 1 && string(result) == settledOutcome {
			count++
		}
	})
	return count
}

// only returns the one field of a message with a oneof.
func only(message []byte) (field protowire.Number, body []byte) {
	each(message, func(number protowire.Number, value []byte) { field, body = number, value })
	return field, body
}

// each goes through the fields of a message that have a length.
func each(message []byte, visit func(protowire.Number, []byte)) {
	for len(message) > 0 {
		number, kind, used := protowire.ConsumeTag(message)
		if used < 0 {
			return
		}
		message = message[used:]
		length := protowire.ConsumeFieldValue(number, kind, message)
		if length < 0 {
			return
		}
		if kind == protowire.BytesType {
			value, _ := protowire.ConsumeBytes(message)
			visit(number, value)
		}
		message = message[length:]
	}
}
