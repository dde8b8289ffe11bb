package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"

	"google.golang.org/grpc/mem"
)

// rawCodec passes *[]byte through; its name makes the content type that of protobuf.
type rawCodec struct{}

func (rawCodec) Name() string { return "proto" }

func (rawCodec) Marshal(message any) (mem.BufferSlice, error) {
	return mem.BufferSlice{mem.SliceBuffer(*message.(*[]byte))}, nil
}

func (rawCodec) Unmarshal(data mem.BufferSlice, message any) error {
	*message.(*[]byte) = data.Materialize()
	return nil
}

// readBodies reads messages that each follow their length as a varint.
func readBodies(path string) ([][]byte, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var bodies [][]byte
	for len(data) > 0 {
		size, used := binary.Uvarint(data)
		if used <= 0 || size > uint64(len(data)-used) {
			return nil, fmt.Errorf("%s does not hold length-delimited messages", path)
		}
		bodies = append(bodies, data[used:used+int(size)])
		data = data[used+int(size):]
	}
	if bodies == nil {
		return nil, fmt.Errorf("%s is empty", path)
	}
	return bodies, nil
}

// Streams of quikstate carry a correlation id as field 1 of every message, and
// a failed item answers with its status as field 3 (protos/quikstate/v1).
const (
	correlationTag = 1 << 3 // field 1, a varint
	statusTag      = 3<<3 | 2
)

// correlated puts a correlation id before a body that has none.
func correlated(id uint64, body []byte) []byte {
	message := make([]byte, 0, 1+binary.MaxVarintLen64+len(body))
	message = append(message, correlationTag)
	message = binary.AppendUvarint(message, id)
	return append(message, body...)
}

var errNoCorrelation = errors.New("an answer without a correlation id")

// correlation reads the correlation id of an answer, which must not be a status.
func correlation(answer []byte) (uint64, error) {
	if len(answer) == 0 || answer[0] != correlationTag {
		return 0, errNoCorrelation
	}
	id, used := binary.Uvarint(answer[1:])
	if used <= 0 {
		return 0, errNoCorrelation
	}
	if rest := answer[1+used:]; len(rest) > 0 && rest[0] == statusTag {
		return 0, fmt.Errorf("an item failed: %q", rest)
	}
	return id, nil
}
