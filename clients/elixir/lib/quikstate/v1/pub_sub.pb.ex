defmodule Quikstate.V1.Durability do
  @moduledoc """
  Durability says whether a message is stored.
  """

  use Protobuf,
    enum: true,
    full_name: "quikstate.v1.Durability",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.EnumDescriptorProto{
      name: "Durability",
      value: [
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "DURABILITY_UNSPECIFIED",
          number: 0,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "DURABILITY_EPHEMERAL",
          number: 1,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "DURABILITY_DURABLE",
          number: 2,
          options: nil,
          __unknown_fields__: []
        }
      ],
      options: nil,
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :DURABILITY_UNSPECIFIED, 0
  field :DURABILITY_EPHEMERAL, 1
  field :DURABILITY_DURABLE, 2
end

defmodule Quikstate.V1.Overflow do
  @moduledoc """
  Overflow says what happens to a subscriber that reads more slowly than messages
  arrive, when 1,024 items (max_mailbox_items) or 1 MiB (max_mailbox_bytes) wait
  for it.
  """

  use Protobuf,
    enum: true,
    full_name: "quikstate.v1.Overflow",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.EnumDescriptorProto{
      name: "Overflow",
      value: [
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "OVERFLOW_UNSPECIFIED",
          number: 0,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "OVERFLOW_DISCONNECT",
          number: 1,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "OVERFLOW_DROP_OLDEST",
          number: 2,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "OVERFLOW_CONFLATE",
          number: 3,
          options: nil,
          __unknown_fields__: []
        }
      ],
      options: nil,
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :OVERFLOW_UNSPECIFIED, 0
  field :OVERFLOW_DISCONNECT, 1
  field :OVERFLOW_DROP_OLDEST, 2
  field :OVERFLOW_CONFLATE, 3
end

defmodule Quikstate.V1.Publication do
  @moduledoc """
  Publication is a message to publish.
  """

  use Protobuf,
    full_name: "quikstate.v1.Publication",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "Publication",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "channel",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "channel",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "payload",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_BYTES,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "payload",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "durability",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_ENUM,
          type_name: ".quikstate.v1.Durability",
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "durability",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "idempotency_key",
          extendee: nil,
          number: 4,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "idempotencyKey",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :channel, 1, type: :string, deprecated: false
  field :payload, 2, type: :bytes
  field :durability, 3, type: Quikstate.V1.Durability, enum: true, deprecated: false
  field :idempotency_key, 4, type: :string, json_name: "idempotencyKey"
end

defmodule Quikstate.V1.PublishRequest do
  @moduledoc """
  PublishRequest holds the messages.
  """

  use Protobuf,
    full_name: "quikstate.v1.PublishRequest",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "PublishRequest",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "publications",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.Publication",
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "publications",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "min_replicas",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_INT32,
          type_name: nil,
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "minReplicas",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :publications, 1, repeated: true, type: Quikstate.V1.Publication, deprecated: false
  field :min_replicas, 2, type: :int32, json_name: "minReplicas", deprecated: false
end

defmodule Quikstate.V1.PublishResponse do
  @moduledoc """
  PublishResponse holds the results.
  """

  use Protobuf,
    full_name: "quikstate.v1.PublishResponse",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "PublishResponse",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "results",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.PublishResult",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "results",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :results, 1, repeated: true, type: Quikstate.V1.PublishResult
end

defmodule Quikstate.V1.PublishResult do
  @moduledoc """
  PublishResult is the result of one message.
  """

  use Protobuf,
    full_name: "quikstate.v1.PublishResult",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "PublishResult",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "status",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.ItemStatus",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "status",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "position",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.Position",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "position",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "duplicate",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_BOOL,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "duplicate",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "replicas_acked",
          extendee: nil,
          number: 4,
          label: :LABEL_OPTIONAL,
          type: :TYPE_INT32,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "replicasAcked",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :status, 1, type: Quikstate.V1.ItemStatus
  field :position, 2, type: Quikstate.V1.Position
  field :duplicate, 3, type: :bool
  field :replicas_acked, 4, type: :int32, json_name: "replicasAcked"
end

defmodule Quikstate.V1.ChannelSubscription do
  @moduledoc """
  ChannelSubscription is a channel to subscribe to, and where to begin.
  """

  use Protobuf,
    full_name: "quikstate.v1.ChannelSubscription",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "ChannelSubscription",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "channel",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "channel",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "since",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.Position",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "since",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "rewind",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_UINT32,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "rewind",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [
        %Google.Protobuf.OneofDescriptorProto{name: "start", options: nil, __unknown_fields__: []}
      ],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  oneof :start, 0

  field :channel, 1, type: :string, deprecated: false
  field :since, 2, type: Quikstate.V1.Position, oneof: 0
  field :rewind, 3, type: :uint32, oneof: 0
end

defmodule Quikstate.V1.SubscribeRequest do
  @moduledoc """
  SubscribeRequest says what to subscribe to: at least one channel or prefix.
  """

  use Protobuf,
    full_name: "quikstate.v1.SubscribeRequest",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "SubscribeRequest",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "channels",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.ChannelSubscription",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "channels",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "prefixes",
          extendee: nil,
          number: 2,
          label: :LABEL_REPEATED,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "prefixes",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "overflow",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_ENUM,
          type_name: ".quikstate.v1.Overflow",
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "overflow",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :channels, 1, repeated: true, type: Quikstate.V1.ChannelSubscription
  field :prefixes, 2, repeated: true, type: :string, deprecated: false
  field :overflow, 3, type: Quikstate.V1.Overflow, enum: true, deprecated: false
end

defmodule Quikstate.V1.SubscribeResponse do
  @moduledoc """
  SubscribeResponse holds the events since the previous response.
  """

  use Protobuf,
    full_name: "quikstate.v1.SubscribeResponse",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "SubscribeResponse",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "events",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.SubscriptionEvent",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "events",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :events, 1, repeated: true, type: Quikstate.V1.SubscriptionEvent
end

defmodule Quikstate.V1.SubscriptionEvent do
  @moduledoc """
  SubscriptionEvent is an event of a subscriber's stream.
  """

  use Protobuf,
    full_name: "quikstate.v1.SubscriptionEvent",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "SubscriptionEvent",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "subscribed",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.Subscribed",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "subscribed",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "messages",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.ChannelMessages",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "messages",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "gap",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.ChannelGap",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "gap",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "heartbeat",
          extendee: nil,
          number: 4,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.WatchHeartbeat",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "heartbeat",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "end",
          extendee: nil,
          number: 5,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.SubscriptionEnd",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "end",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "result",
          extendee: nil,
          number: 6,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.SubscriptionResult",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "result",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [
        %Google.Protobuf.OneofDescriptorProto{name: "event", options: nil, __unknown_fields__: []}
      ],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  oneof :event, 0

  field :subscribed, 1, type: Quikstate.V1.Subscribed, oneof: 0
  field :messages, 2, type: Quikstate.V1.ChannelMessages, oneof: 0
  field :gap, 3, type: Quikstate.V1.ChannelGap, oneof: 0
  field :heartbeat, 4, type: Quikstate.V1.WatchHeartbeat, oneof: 0
  field :end, 5, type: Quikstate.V1.SubscriptionEnd, oneof: 0
  field :result, 6, type: Quikstate.V1.SubscriptionResult, oneof: 0
end

defmodule Quikstate.V1.Subscribed do
  @moduledoc """
  Subscribed says that a subscription begins, and at which position.
  """

  use Protobuf,
    full_name: "quikstate.v1.Subscribed",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "Subscribed",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "name",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "name",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "prefix",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_BOOL,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "prefix",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "position",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.Position",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "position",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "recovered",
          extendee: nil,
          number: 4,
          label: :LABEL_OPTIONAL,
          type: :TYPE_BOOL,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "recovered",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :name, 1, type: :string
  field :prefix, 2, type: :bool
  field :position, 3, type: Quikstate.V1.Position
  field :recovered, 4, type: :bool
end

defmodule Quikstate.V1.ChannelMessages do
  @moduledoc """
  ChannelMessages are messages that were published one after the other.
  """

  use Protobuf,
    full_name: "quikstate.v1.ChannelMessages",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "ChannelMessages",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "channel",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "channel",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "messages",
          extendee: nil,
          number: 2,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.PublishedMessage",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "messages",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "position",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.Position",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "position",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :channel, 1, type: :string
  field :messages, 2, repeated: true, type: Quikstate.V1.PublishedMessage
  field :position, 3, type: Quikstate.V1.Position
end

defmodule Quikstate.V1.PublishedMessage do
  @moduledoc """
  PublishedMessage is a message that a subscriber receives.
  """

  use Protobuf,
    full_name: "quikstate.v1.PublishedMessage",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "PublishedMessage",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "payload",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_BYTES,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "payload",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "publish_time",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".google.protobuf.Timestamp",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "publishTime",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :payload, 1, type: :bytes
  field :publish_time, 2, type: Google.Protobuf.Timestamp, json_name: "publishTime"
end

defmodule Quikstate.V1.ChannelGap do
  @moduledoc """
  ChannelGap says that messages may be missing.
  """

  use Protobuf,
    full_name: "quikstate.v1.ChannelGap",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "ChannelGap",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "name",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "name",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "reason",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_ENUM,
          type_name: ".quikstate.v1.WatchGapReason",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "reason",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :name, 1, type: :string
  field :reason, 2, type: Quikstate.V1.WatchGapReason, enum: true
end

defmodule Quikstate.V1.SubscriptionEnd do
  @moduledoc """
  SubscriptionEnd holds what a subscriber needs to resume on another server.
  """

  use Protobuf,
    full_name: "quikstate.v1.SubscriptionEnd",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "SubscriptionEnd",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "positions",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.ChannelPosition",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "positions",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :positions, 1, repeated: true, type: Quikstate.V1.ChannelPosition
end

defmodule Quikstate.V1.ChannelPosition do
  @moduledoc """
  ChannelPosition is a position in a channel's history.
  """

  use Protobuf,
    full_name: "quikstate.v1.ChannelPosition",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "ChannelPosition",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "channel",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "channel",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "position",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.Position",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "position",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :channel, 1, type: :string
  field :position, 2, type: Quikstate.V1.Position
end

defmodule Quikstate.V1.StreamSubscribeRequest do
  @moduledoc """
  StreamSubscribeRequest is a command.
  """

  use Protobuf,
    full_name: "quikstate.v1.StreamSubscribeRequest",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "StreamSubscribeRequest",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "correlation_id",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_UINT64,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "correlationId",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "add",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.SubscribeRequest",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "add",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "remove",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.SubscriptionRemoval",
          default_value: nil,
          options: nil,
          oneof_index: 0,
          json_name: "remove",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [
        %Google.Protobuf.OneofDescriptorProto{
          name: "command",
          options: %Google.Protobuf.OneofOptions{
            features: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          __unknown_fields__: []
        }
      ],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  oneof :command, 0

  field :correlation_id, 1, type: :uint64, json_name: "correlationId"
  field :add, 2, type: Quikstate.V1.SubscribeRequest, oneof: 0
  field :remove, 3, type: Quikstate.V1.SubscriptionRemoval, oneof: 0
end

defmodule Quikstate.V1.SubscriptionRemoval do
  @moduledoc """
  SubscriptionRemoval names the channels and prefixes to unsubscribe from.
  """

  use Protobuf,
    full_name: "quikstate.v1.SubscriptionRemoval",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "SubscriptionRemoval",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "channels",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "channels",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "prefixes",
          extendee: nil,
          number: 2,
          label: :LABEL_REPEATED,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "prefixes",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :channels, 1, repeated: true, type: :string
  field :prefixes, 2, repeated: true, type: :string
end

defmodule Quikstate.V1.SubscriptionResult do
  @moduledoc """
  SubscriptionResult is the result of a command. It follows the events that the
  command caused.
  """

  use Protobuf,
    full_name: "quikstate.v1.SubscriptionResult",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "SubscriptionResult",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "correlation_id",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_UINT64,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "correlationId",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "status",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.ItemStatus",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "status",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :correlation_id, 1, type: :uint64, json_name: "correlationId"
  field :status, 2, type: Quikstate.V1.ItemStatus
end

defmodule Quikstate.V1.StreamSubscribeResponse do
  @moduledoc """
  StreamSubscribeResponse holds the events since the previous response.
  """

  use Protobuf,
    full_name: "quikstate.v1.StreamSubscribeResponse",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "StreamSubscribeResponse",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "events",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.SubscriptionEvent",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "events",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :events, 1, repeated: true, type: Quikstate.V1.SubscriptionEvent
end

defmodule Quikstate.V1.ListHistoryRequest do
  @moduledoc """
  ListHistoryRequest says which messages to list.
  """

  use Protobuf,
    full_name: "quikstate.v1.ListHistoryRequest",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "ListHistoryRequest",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "channel",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "channel",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "since",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.Position",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "since",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "newest_first",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_BOOL,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "newestFirst",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "page_size",
          extendee: nil,
          number: 4,
          label: :LABEL_OPTIONAL,
          type: :TYPE_INT32,
          type_name: nil,
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "pageSize",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "page_token",
          extendee: nil,
          number: 5,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "pageToken",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :channel, 1, type: :string, deprecated: false
  field :since, 2, type: Quikstate.V1.Position
  field :newest_first, 3, type: :bool, json_name: "newestFirst"
  field :page_size, 4, type: :int32, json_name: "pageSize", deprecated: false
  field :page_token, 5, type: :string, json_name: "pageToken"
end

defmodule Quikstate.V1.ListHistoryResponse do
  @moduledoc """
  ListHistoryResponse is a page of messages.
  """

  use Protobuf,
    full_name: "quikstate.v1.ListHistoryResponse",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "ListHistoryResponse",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "messages",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.HistoryMessage",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "messages",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "position",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.Position",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "position",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "next_page_token",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "nextPageToken",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :messages, 1, repeated: true, type: Quikstate.V1.HistoryMessage
  field :position, 2, type: Quikstate.V1.Position
  field :next_page_token, 3, type: :string, json_name: "nextPageToken"
end

defmodule Quikstate.V1.HistoryMessage do
  @moduledoc """
  HistoryMessage is a stored message.
  """

  use Protobuf,
    full_name: "quikstate.v1.HistoryMessage",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "HistoryMessage",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "position",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.Position",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "position",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "payload",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_BYTES,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "payload",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "publish_time",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_MESSAGE,
          type_name: ".google.protobuf.Timestamp",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "publishTime",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :position, 1, type: Quikstate.V1.Position
  field :payload, 2, type: :bytes
  field :publish_time, 3, type: Google.Protobuf.Timestamp, json_name: "publishTime"
end

defmodule Quikstate.V1.DeleteHistoryRequest do
  @moduledoc """
  DeleteHistoryRequest names the channel.
  """

  use Protobuf,
    full_name: "quikstate.v1.DeleteHistoryRequest",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "DeleteHistoryRequest",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "channel",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "channel",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :channel, 1, type: :string, deprecated: false
end

defmodule Quikstate.V1.DeleteHistoryResponse do
  @moduledoc """
  DeleteHistoryResponse says whether there was a history.
  """

  use Protobuf,
    full_name: "quikstate.v1.DeleteHistoryResponse",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "DeleteHistoryResponse",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "deleted",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_BOOL,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "deleted",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :deleted, 1, type: :bool
end

defmodule Quikstate.V1.ListChannelsRequest do
  @moduledoc """
  ListChannelsRequest says which channels to list.
  """

  use Protobuf,
    full_name: "quikstate.v1.ListChannelsRequest",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "ListChannelsRequest",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "prefix",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "prefix",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "page_size",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_INT32,
          type_name: nil,
          default_value: nil,
          options: %Google.Protobuf.FieldOptions{
            ctype: :STRING,
            packed: nil,
            deprecated: false,
            lazy: false,
            jstype: :JS_NORMAL,
            weak: false,
            unverified_lazy: false,
            debug_redact: false,
            retention: nil,
            targets: [],
            edition_defaults: [],
            features: nil,
            feature_support: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: []
          },
          oneof_index: nil,
          json_name: "pageSize",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "page_token",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "pageToken",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :prefix, 1, type: :string
  field :page_size, 2, type: :int32, json_name: "pageSize", deprecated: false
  field :page_token, 3, type: :string, json_name: "pageToken"
end

defmodule Quikstate.V1.ListChannelsResponse do
  @moduledoc """
  ListChannelsResponse is a page of channels.
  """

  use Protobuf,
    full_name: "quikstate.v1.ListChannelsResponse",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "ListChannelsResponse",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "channels",
          extendee: nil,
          number: 1,
          label: :LABEL_REPEATED,
          type: :TYPE_MESSAGE,
          type_name: ".quikstate.v1.ChannelInfo",
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "channels",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "next_page_token",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "nextPageToken",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :channels, 1, repeated: true, type: Quikstate.V1.ChannelInfo
  field :next_page_token, 2, type: :string, json_name: "nextPageToken"
end

defmodule Quikstate.V1.ChannelInfo do
  @moduledoc """
  ChannelInfo is a channel with subscribers.
  """

  use Protobuf,
    full_name: "quikstate.v1.ChannelInfo",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "ChannelInfo",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "channel",
          extendee: nil,
          number: 1,
          label: :LABEL_OPTIONAL,
          type: :TYPE_STRING,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "channel",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "connections",
          extendee: nil,
          number: 2,
          label: :LABEL_OPTIONAL,
          type: :TYPE_INT64,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "connections",
          proto3_optional: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.FieldDescriptorProto{
          name: "subscribers",
          extendee: nil,
          number: 3,
          label: :LABEL_OPTIONAL,
          type: :TYPE_INT64,
          type_name: nil,
          default_value: nil,
          options: nil,
          oneof_index: nil,
          json_name: "subscribers",
          proto3_optional: nil,
          __unknown_fields__: []
        }
      ],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      extension: [],
      options: nil,
      oneof_decl: [],
      reserved_range: [],
      reserved_name: [],
      __unknown_fields__: []
    }
  end

  field :channel, 1, type: :string
  field :connections, 2, type: :int64
  field :subscribers, 3, type: :int64
end

defmodule Quikstate.V1.PubSubService.Service do
  @moduledoc """
  PubSubService publishes messages on channels, and streams them to subscribers.

  An ephemeral channel is plain Redis pub/sub: raw payloads on the Redis channel
  of the same name. So raw Redis clients (programs that use Redis without
  quikstate) exchange messages with subscribers and publishers here. A message
  reaches those that are subscribed when it is published.

  A durable channel also stores its last messages, its history, each with a
  position. A subscriber resumes after the last position it received, on any
  server. It receives every later message in order and once, or a gap. A raw
  SUBSCRIBE receives the messages too. What a raw client publishes on a durable
  channel is not stored and has no position. It reaches the subscribers of a
  matching prefix only, whether or not they also subscribe to the channel itself.

  A channel is durable by setting (durable_channels), or while it has a history,
  which the first DURABLE message creates.

  A channel's name has 1 to 256 bytes (max_id_bytes) and no control characters.
  The Redis channel has the same name byte for byte; `*`, `[` and `%` are not
  escaped. A name must not begin with `__`, `ns.` or `quikstate:`, which Redis,
  other namespaces and servers use. It must not be a channel between servers:
  `{x}:` before `live`, `events`, `changed`, `invalidated` or `wakeups`, or a name
  that begins like `{xquikstate:locks}:`.
  """

  use GRPC.Service, name: "quikstate.v1.PubSubService", protoc_gen_elixir_version: "0.16.1"

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.ServiceDescriptorProto{
      name: "PubSubService",
      method: [
        %Google.Protobuf.MethodDescriptorProto{
          name: "Publish",
          input_type: ".quikstate.v1.PublishRequest",
          output_type: ".quikstate.v1.PublishResponse",
          options: %Google.Protobuf.MethodOptions{
            deprecated: false,
            idempotency_level: :IDEMPOTENCY_UNKNOWN,
            features: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: [{50551, 0, 2}]
          },
          client_streaming: false,
          server_streaming: false,
          __unknown_fields__: []
        },
        %Google.Protobuf.MethodDescriptorProto{
          name: "Subscribe",
          input_type: ".quikstate.v1.SubscribeRequest",
          output_type: ".quikstate.v1.SubscribeResponse",
          options: %Google.Protobuf.MethodOptions{
            deprecated: false,
            idempotency_level: :NO_SIDE_EFFECTS,
            features: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: [{50551, 0, 1}]
          },
          client_streaming: false,
          server_streaming: true,
          __unknown_fields__: []
        },
        %Google.Protobuf.MethodDescriptorProto{
          name: "StreamSubscribe",
          input_type: ".quikstate.v1.StreamSubscribeRequest",
          output_type: ".quikstate.v1.StreamSubscribeResponse",
          options: %Google.Protobuf.MethodOptions{
            deprecated: false,
            idempotency_level: :IDEMPOTENCY_UNKNOWN,
            features: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: [{50551, 0, 1}]
          },
          client_streaming: true,
          server_streaming: true,
          __unknown_fields__: []
        },
        %Google.Protobuf.MethodDescriptorProto{
          name: "ListHistory",
          input_type: ".quikstate.v1.ListHistoryRequest",
          output_type: ".quikstate.v1.ListHistoryResponse",
          options: %Google.Protobuf.MethodOptions{
            deprecated: false,
            idempotency_level: :NO_SIDE_EFFECTS,
            features: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: [{50551, 0, 1}]
          },
          client_streaming: false,
          server_streaming: false,
          __unknown_fields__: []
        },
        %Google.Protobuf.MethodDescriptorProto{
          name: "DeleteHistory",
          input_type: ".quikstate.v1.DeleteHistoryRequest",
          output_type: ".quikstate.v1.DeleteHistoryResponse",
          options: %Google.Protobuf.MethodOptions{
            deprecated: false,
            idempotency_level: :IDEMPOTENT,
            features: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: [{50551, 0, 3}]
          },
          client_streaming: false,
          server_streaming: false,
          __unknown_fields__: []
        },
        %Google.Protobuf.MethodDescriptorProto{
          name: "ListChannels",
          input_type: ".quikstate.v1.ListChannelsRequest",
          output_type: ".quikstate.v1.ListChannelsResponse",
          options: %Google.Protobuf.MethodOptions{
            deprecated: false,
            idempotency_level: :NO_SIDE_EFFECTS,
            features: nil,
            uninterpreted_option: [],
            __pb_extensions__: %{},
            __unknown_fields__: [{50551, 0, 1}]
          },
          client_streaming: false,
          server_streaming: false,
          __unknown_fields__: []
        }
      ],
      options: nil,
      __unknown_fields__: []
    }
  end

  rpc :Publish, Quikstate.V1.PublishRequest, Quikstate.V1.PublishResponse

  rpc :Subscribe, Quikstate.V1.SubscribeRequest, stream(Quikstate.V1.SubscribeResponse)

  rpc :StreamSubscribe,
      stream(Quikstate.V1.StreamSubscribeRequest),
      stream(Quikstate.V1.StreamSubscribeResponse)

  rpc :ListHistory, Quikstate.V1.ListHistoryRequest, Quikstate.V1.ListHistoryResponse

  rpc :DeleteHistory, Quikstate.V1.DeleteHistoryRequest, Quikstate.V1.DeleteHistoryResponse

  rpc :ListChannels, Quikstate.V1.ListChannelsRequest, Quikstate.V1.ListChannelsResponse
end

defmodule Quikstate.V1.PubSubService.Stub do
  use GRPC.Stub, service: Quikstate.V1.PubSubService.Service
end
