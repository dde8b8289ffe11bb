package main

import (
	"context"
	"encoding/binary"
	"sync"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"
)

// A subscriber hears what is published: it counts the messages of one round, and their latencies.
type subscriber struct {
	leave    context.CancelFunc
	stream   grpc.ClientStream
	received atomic.Int64

	lock      sync.Mutex // of what follows
	round     uint32
	latencies []time.Duration
	last      time.Time // when the last message came
	trouble   error     // a gap, or the end of its stream
}

// begin forgets what it has heard, and counts the messages of this round from now on.
func (s *subscriber) begin(round uint32) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.round, s.latencies = round, nil
	s.received.Store(0)
}

// hear reads until the stream ends.
func (s *subscriber) hear() {
	for {
		var response []byte
		err := s.stream.RecvMsg(&response)
		if err != nil {
			s.note(err)
			return
		}
		if err := s.take(response); err != nil {
			s.note(err)
		}
	}
}

func (s *subscriber) take(response []byte) error {
	s.lock.Lock()
	defer s.lock.Unlock()
	now := time.Now()
	return payloads(response, func(payload []byte) {
		sent, round := stamps(payload)
		if round != s.round {
			return
		}
		s.latencies, s.last = append(s.latencies, now.Sub(sent)), now
		s.received.Store(int64(len(s.latencies)))
	})
}

// note keeps the first trouble.
func (s *subscriber) note(err error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.trouble == nil {
		s.trouble = err
	}
}

// heard returns what the round came to.
func (s *subscriber) heard() (latencies []time.Duration, last time.Time, trouble error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.latencies, s.last, s.trouble
}

// stamped makes a payload that says when it was made and for which round.
func stamped(round uint32) []byte {
	payload := make([]byte, payloadBytes)
	binary.BigEndian.PutUint64(payload, uint64(time.Now().UnixNano()))
	binary.BigEndian.PutUint32(payload[8:], round)
	return payload
}

func stamps(payload []byte) (time.Time, uint32) {
	return time.Unix(0, int64(binary.BigEndian.Uint64(payload))), binary.BigEndian.Uint32(payload[8:])
}
