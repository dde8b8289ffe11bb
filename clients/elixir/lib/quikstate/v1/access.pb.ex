defmodule Quikstate.V1.Access do
  @moduledoc """
  Access is what a caller needs for an RPC. The server's policy file
  (QUIKSTATE_AUTH) grants a caller each of them by service; none includes another.
  """

  use Protobuf,
    enum: true,
    full_name: "quikstate.v1.Access",
    protoc_gen_elixir_version: "0.16.1",
    syntax: :proto3

  def descriptor do
    # credo:disable-for-next-line
    %Google.Protobuf.EnumDescriptorProto{
      name: "Access",
      value: [
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ACCESS_UNSPECIFIED",
          number: 0,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ACCESS_READ",
          number: 1,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ACCESS_WRITE",
          number: 2,
          options: nil,
          __unknown_fields__: []
        },
        %Google.Protobuf.EnumValueDescriptorProto{
          name: "ACCESS_ADMIN",
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

  field :ACCESS_UNSPECIFIED, 0
  field :ACCESS_READ, 1
  field :ACCESS_WRITE, 2
  field :ACCESS_ADMIN, 3
end
