defmodule Quikstate.V1.PbExtension do
  use Protobuf, protoc_gen_elixir_version: "0.16.1"

  extend Google.Protobuf.MethodOptions, :access, 50551,
    optional: true,
    type: Quikstate.V1.Access,
    enum: true
end
