package main

import (
	"encoding/binary"
	"errors"
)

const payloadBytes = 100

// What PubSubService says (protos/quikstate/v1/pub_sub.proto), each a field with a length.
const (
	publicationsTag = 1<<3 | 2 // of PublishRequest
	payloadTag      = 2<<3 | 2 // of Publication
	eventsTag       = 1<<3 | 2 // of SubscribeResponse
	messagesTag     = 2<<3 | 2 // of SubscriptionEvent, and of ChannelMessages
	gapTag          = 3<<3 | 2
	publishedTag    = 1<<3 | 2 // the payload of PublishedMessage
)

var errGap = errors.New("a gap was reported")

// publication makes a request with so many messages, each the given Publication with a payload.
func publication(given []byte, count int, round uint32) []byte {
	one := append([]byte(nil), given...)
	one = append(one, field(payloadTag, stamped(round))...)
	var request []byte
	for range count {
		request = append(request, field(publicationsTag, one)...)
	}
	return request
}

// payloads calls with each payload of a response. A gap in it is an error, but the rest is read.
func payloads(response []byte, call func([]byte)) error {
	var gap error
	err := fields(response, eventsTag, func(event []byte) error {
		if len(event) > 0 && event[0] == gapTag {
			gap = errGap
			return nil
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
	return errors.Join(err, gap)
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
