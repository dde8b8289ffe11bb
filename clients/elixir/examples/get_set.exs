# Stores and reads a value with a TTL, and listens to a channel: what the services did with Redix.
#   mix run examples/get_set.exs

defmodule QuikApp.State do
  alias Quikstate.V1.{CacheItem, CacheKey, CacheService, GetEntriesRequest, SetEntriesRequest}

  alias Quikstate.V1.{
    ChannelSubscription,
    Publication,
    PublishRequest,
    PubSubService,
    SubscribeRequest
  }

  @deadline [timeout: 3_000]

  def get(channel, key) do
    request = %GetEntriesRequest{keys: [%CacheKey{kind: {:name, key}}]}

    case CacheService.Stub.get_entries(channel, request, @deadline) do
      {:ok, %{entries: [%{outcome: :CACHE_OUTCOME_HIT, value: value}]}} -> {:ok, value}
      {:ok, _} -> {:ok, nil}
      {:error, error} -> {:error, error}
    end
  end

  def set(channel, key, value, ttl \\ 3600) do
    item = %CacheItem{
      key: %CacheKey{kind: {:name, key}},
      content: {:value, value},
      ttl: %Google.Protobuf.Duration{seconds: ttl}
    }

    with {:ok, _} <-
           CacheService.Stub.set_entries(channel, %SetEntriesRequest{items: [item]}, @deadline),
         do: :ok
  end

  def publish(channel, name, message) do
    request = %PublishRequest{publications: [%Publication{channel: name, payload: message}]}
    with {:ok, _} <- PubSubService.Stub.publish(channel, request, @deadline), do: :ok
  end

  @doc "Tells the process `to` what is heard on the channel `name`; for a process of its own, which it fills."
  def subscribe(channel, name, to) do
    request = %SubscribeRequest{channels: [%ChannelSubscription{channel: name}]}
    {:ok, items} = PubSubService.Stub.subscribe(channel, request)

    for {:ok, %{events: events}} <- items, %{event: event} <- events do
      case event do
        {:subscribed, _} ->
          send(to, :subscribed)

        {:messages, %{messages: messages}} ->
          for %{payload: payload} <- messages, do: send(to, {:message, payload})

        _ ->
          :ok
      end
    end
  end
end

address = System.get_env("QUIKSTATE_ADDR", "127.0.0.1:50051")
for application <- [:telemetry, :gun, :grpc], do: Application.ensure_all_started(application)
{:ok, channel} = GRPC.Stub.connect(address, adapter: GRPC.Client.Adapters.Gun)

:ok = QuikApp.State.set(channel, "search:9f86d0", ~s(["message-1"]), 300)
IO.inspect(QuikApp.State.get(channel, "search:9f86d0"), label: "stored")

me = self()
name = "channel:general:messages"
spawn_link(fn -> QuikApp.State.subscribe(channel, name, me) end)

receive do
  :subscribed -> :ok
after
  5_000 -> raise "not subscribed"
end

:ok = QuikApp.State.publish(channel, name, ~s({"type":"new_message"}))

receive do
  {:message, message} -> IO.puts("received: #{message}")
after
  5_000 -> raise "no message"
end
