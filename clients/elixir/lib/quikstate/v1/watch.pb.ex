defmodule Quikstate.V1.WatchGapReason do
  @moduledoc """
  WatchGapReason says why the stream may have missed changes.
  """

  use Protobuf,
    enum: true,
    full_name: "quikstate.v1.WatchGapReason",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.EnumDescriptorProto{
      name: "WatchGapReason",
      value: [
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "WATCH_GAP_REASON_UNSPECIFIED",
          number: 0,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "WATCH_GAP_REASON_REDIS_LOST",
          number: 1,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "WATCH_GAP_REASON_SLOW_READER",
          number: 2,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "WATCH_GAP_REASON_POSITION_LOST",
          number: 3,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "WATCH_GAP_REASON_TOO_LARGE",
          number: 4,
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

  field :WATCH_GAP_REASON_UNSPECIFIED, 0
  field :WATCH_GAP_REASON_REDIS_LOST, 1
  field :WATCH_GAP_REASON_SLOW_READER, 2
  field :WATCH_GAP_REASON_POSITION_LOST, 3
  field :WATCH_GAP_REASON_TOO_LARGE, 4
end

defmodule Quikstate.V1.WatchHeartbeat do
  @moduledoc """
  WatchHeartbeat is sent on an idle stream: it is alive, and nothing has changed.
  """

  use Protobuf,
    full_name: "quikstate.v1.WatchHeartbeat",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "WatchHeartbeat",
      field: [],
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
end

defmodule Quikstate.V1.WatchGap do
  @moduledoc """
  WatchGap says that the stream may have missed changes.
  """

  use Protobuf,
    full_name: "quikstate.v1.WatchGap",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "WatchGap",
      field: [
        %Google.Protobuf.FieldDescriptorProto{
          name: "reason",
          extendee: nil,
          number: 1,
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

  field :reason, 1, type: Quikstate.V1.WatchGapReason, enum: true
end

defmodule Quikstate.V1.WatchEnd do
  @moduledoc """
  WatchEnd is the last item: this server shuts down, watch on another one.
  """

  use Protobuf,
    full_name: "quikstate.v1.WatchEnd",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.DescriptorProto{
      name: "WatchEnd",
      field: [],
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
end
