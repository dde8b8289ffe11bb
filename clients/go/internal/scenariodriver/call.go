package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	pb "github.com/quikapp/quikstate/clients/go/quikstatev1"
)

// stubs makes a service's client; a new service is one row.
var stubs = map[string]func(grpc.ClientConnInterface) any{
	"AdminService":     func(c grpc.ClientConnInterface) any { return pb.NewAdminServiceClient(c) },
	"CacheService":     func(c grpc.ClientConnInterface) any { return pb.NewCacheServiceClient(c) },
	"LockService":      func(c grpc.ClientConnInterface) any { return pb.NewLockServiceClient(c) },
	"PresenceService":  func(c grpc.ClientConnInterface) any { return pb.NewPresenceServiceClient(c) },
	"PubSubService":    func(c grpc.ClientConnInterface) any { return pb.NewPubSubServiceClient(c) },
	"QueueService":     func(c grpc.ClientConnInterface) any { return pb.NewQueueServiceClient(c) },
	"RateLimitService": func(c grpc.ClientConnInterface) any { return pb.NewRateLimitServiceClient(c) },
	"SessionService":   func(c grpc.ClientConnInterface) any { return pb.NewSessionServiceClient(c) },
}

// outcome is an item, an error, or, with neither, the end.
type outcome struct {
	item proto.Message
	err  error
}

// call is one call of any kind. Its outcomes are read as they come, so that they are there for receive.
type call struct {
	cancel   context.CancelFunc
	stream   reflect.Value // of a streaming call
	outcomes chan outcome
}

// open calls a stub's method by its name: the generated clients have one type a method.
func open(conn grpc.ClientConnInterface, c command) (*call, error) {
	service, name, _ := strings.Cut(strings.TrimPrefix(c.Method, "quikstate.v1."), "/")
	newStub, known := stubs[service]
	if !known {
		return nil, fmt.Errorf("no stub for %q", service)
	}
	method := reflect.ValueOf(newStub(conn)).MethodByName(name)
	if !method.IsValid() {
		return nil, fmt.Errorf("no method %q", c.Method)
	}
	ctx, cancel := context.WithCancel(context.Background())
	if c.Timeout > 0 {
		ctx, cancel = context.WithTimeout(context.Background(), seconds(c.Timeout))
	}
	opened := &call{cancel: cancel, outcomes: make(chan outcome, 1000)}
	arguments := []reflect.Value{reflect.ValueOf(ctx)}
	if method.Type().NumIn() == 3 { // context, request, options: not a stream of requests
		request, err := read(method.Type().In(1), c.Request)
		if err != nil {
			return nil, err
		}
		arguments = append(arguments, request)
	}
	if _, unary := method.Type().Out(0).MethodByName("Recv"); !unary {
		go opened.unary(method, arguments)
		return opened, nil
	}
	results := method.Call(arguments)
	if err, failed := results[1].Interface().(error); failed {
		opened.outcomes <- outcome{err: err}
		return opened, nil
	}
	opened.stream = results[0]
	go opened.readStream()
	if method.Type().NumIn() == 2 && c.Request != nil {
		return opened, opened.send(c.Request)
	}
	return opened, nil
}

func (c *call) unary(method reflect.Value, arguments []reflect.Value) {
	c.deliver(method.Call(arguments))
	c.outcomes <- outcome{}
}

func (c *call) readStream() {
	for c.deliver(c.stream.MethodByName("Recv").Call(nil)) {
	}
}

// deliver says whether more can come after these results.
func (c *call) deliver(results []reflect.Value) bool {
	err, failed := results[1].Interface().(error)
	switch {
	case errors.Is(err, io.EOF):
		c.outcomes <- outcome{}
	case failed:
		c.outcomes <- outcome{err: err}
	default:
		c.outcomes <- outcome{item: results[0].Interface().(proto.Message)}
	}
	return !failed
}

func (c *call) send(request json.RawMessage) error {
	method := c.stream.MethodByName("Send")
	message, err := read(method.Type().In(0), request)
	if err != nil {
		return err
	}
	method.Call([]reflect.Value{message}) // if the stream has ended, receive says why
	return nil
}

func (c *call) halfClose() error {
	c.stream.MethodByName("CloseSend").Call(nil)
	return nil
}

func read(pointer reflect.Type, text json.RawMessage) (reflect.Value, error) {
	message := reflect.New(pointer.Elem())
	return message, protojson.Unmarshal(text, message.Interface().(proto.Message))
}

// failure is an error with what google.rpc.ErrorInfo says of it.
type failure struct {
	Code     int               `json:"code"`
	Message  string            `json:"message"`
	Reason   string            `json:"reason"`
	Metadata map[string]string `json:"metadata"`
}

func failed(err error) failure {
	s := status.Convert(err)
	f := failure{Code: int(s.Code()), Message: s.Message()}
	for _, detail := range s.Details() {
		if info, ok := detail.(*errdetails.ErrorInfo); ok {
			f.Reason, f.Metadata = info.Reason, info.Metadata
		}
	}
	return f
}
