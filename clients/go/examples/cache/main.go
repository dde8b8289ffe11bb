// Command cache stores and reads a value with a TTL, and publishes to a channel that it is subscribed to.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/durationpb"

	pb "github.com/quikapp/quikstate/clients/go/quikstatev1"
)

// deadline bounds each unary call, as ctx does if it ends sooner: without one a call may wait for ever.
const deadline = 3 * time.Second

// Client is what a service keeps for as long as it runs.
type Client struct {
	cache  pb.CacheServiceClient
	pubsub pb.PubSubServiceClient
}

// NewClient makes a client of one connection, which any number of goroutines may use.
func NewClient(conn grpc.ClientConnInterface) *Client {
	return &Client{cache: pb.NewCacheServiceClient(conn), pubsub: pb.NewPubSubServiceClient(conn)}
}

// SetWithTTL stores the plain value of the Redis key cache:{key}.
func (c *Client) SetWithTTL(ctx context.Context, key string, value []byte, ttl time.Duration) error {
	item := &pb.CacheItem{Key: cacheKey(key), Content: &pb.CacheItem_Value{Value: value}, Ttl: durationpb.New(ttl)}
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	_, err := c.cache.SetEntries(ctx, &pb.SetEntriesRequest{Items: []*pb.CacheItem{item}})
	return err
}

// Get says whether there is a value.
func (c *Client) Get(ctx context.Context, key string) (value []byte, hit bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	answer, err := c.cache.GetEntries(ctx, &pb.GetEntriesRequest{Keys: []*pb.CacheKey{cacheKey(key)}})
	if err != nil {
		return nil, false, err
	}
	entry := answer.Entries[0]
	return entry.Value, entry.Outcome == pb.CacheOutcome_CACHE_OUTCOME_HIT, nil
}

// Publish sends a message to whoever is subscribed to the channel.
func (c *Client) Publish(ctx context.Context, channel string, message []byte) error {
	publication := &pb.Publication{Channel: channel, Payload: message}
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	_, err := c.pubsub.Publish(ctx, &pb.PublishRequest{Publications: []*pb.Publication{publication}})
	return err
}

// Subscribe calls handle for each message, until ctx or the stream ends. It calls ready once the channel is listened to.
func (c *Client) Subscribe(ctx context.Context, channel string, ready func(), handle func([]byte)) error {
	channels := []*pb.ChannelSubscription{{Channel: channel}}
	stream, err := c.pubsub.Subscribe(ctx, &pb.SubscribeRequest{Channels: channels})
	if err != nil {
		return err
	}
	for {
		item, err := stream.Recv()
		if err != nil {
			return err
		}
		for _, event := range item.Events {
			if event.GetSubscribed() != nil {
				ready()
			}
			for _, message := range event.GetMessages().GetMessages() {
				handle(message.Payload)
			}
		}
	}
}

func cacheKey(name string) *pb.CacheKey {
	return &pb.CacheKey{Kind: &pb.CacheKey_Name{Name: name}}
}

func main() {
	log.SetFlags(0)
	conn, err := grpc.NewClient(address(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()
	if err := run(NewClient(conn)); err != nil {
		log.Fatal(err)
	}
}

func run(client *Client) error {
	ctx, cancel := context.WithCancel(context.Background()) // the subscription ends with it
	defer cancel()
	if err := client.SetWithTTL(ctx, "search:9f86d0", []byte(`["message-1"]`), 5*time.Minute); err != nil {
		return err
	}
	value, hit, err := client.Get(ctx, "search:9f86d0")
	if err != nil {
		return err
	}
	fmt.Printf("hit: %t, value: %s\n", hit, value)

	const channel = "channel:general:messages"
	listening, received := make(chan struct{}), make(chan []byte, 1)
	failed := make(chan error, 1)
	go func() {
		failed <- client.Subscribe(ctx, channel, func() { close(listening) }, func(m []byte) { received <- m })
	}()
	select {
	case <-listening:
	case err := <-failed:
		return err
	case <-time.After(deadline):
		return errors.New("not subscribed")
	}
	if err := client.Publish(ctx, channel, []byte(`{"type":"new_message"}`)); err != nil {
		return err
	}
	select {
	case message := <-received:
		fmt.Printf("received: %s\n", message)
		return nil
	case err := <-failed:
		return err
	case <-time.After(deadline):
		return errors.New("no message")
	}
}

func address() string {
	if address := os.Getenv("QUIKSTATE_ADDR"); address != "" {
		return address
	}
	return "127.0.0.1:50051"
}
