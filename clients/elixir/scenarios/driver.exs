# Makes the calls of the shared scenarios through the Elixir stubs: a command a line of standard input, an
# answer a line of standard output, as tests/scenarios/README.md says.

defmodule ScenarioDriver.KeepStream do
  @moduledoc "Tells the owner of a call its stream, without which a server stream could not be cancelled."
  @behaviour GRPC.Client.Interceptor

  @impl true
  def init(options), do: options

  @impl true
  # A stream of requests returns its stream itself.
  def call(%{grpc_type: type} = stream, request, next, _options)
      when type in [:client_stream, :bidirectional_stream] do
    next.(stream, request)
  end

  def call(stream, request, _next, _options) do
    timeout = Process.get(:timeout)
    message = stream.codec.encode(request)
    sent = stream.channel.adapter.send_request(stream, message, timeout: timeout)
    ScenarioDriver.Call.opened(sent)
    GRPC.Stub.recv(sent, timeout: timeout)
  end
end

defmodule ScenarioDriver.Call do
  @moduledoc "One call of any kind, in a process of its own, which tells the driver each outcome."

  @cancelled 1

  def open(channel, %{"call" => name, "method" => "quikstate.v1." <> method} = command) do
    driver = self()
    [service, rpc] = String.split(method, "/")
    pid = spawn(fn -> run(driver, name, channel, service, rpc, command) end)

    receive do
      {:opened, ^name, stream} -> %{name: name, pid: pid, stream: stream}
    after
      5_000 -> raise "#{method} did not open"
    end
  end

  def opened(stream), do: send(Process.get(:driver), {:opened, Process.get(:name), stream})

  defp run(driver, name, channel, service, rpc, command) do
    timeout = if command["timeout"], do: round(command["timeout"] * 1000), else: :infinity

    Enum.each([driver: driver, name: name, timeout: timeout], fn {key, value} ->
      Process.put(key, value)
    end)

    stub = Module.concat(["Quikstate.V1", service, "Stub"])
    definition = Module.concat(["Quikstate.V1", service, "Service"])

    {_, {request, streams}, _, _} =
      List.keyfind(definition.__rpc_calls__(), String.to_atom(rpc), 0)

    function = rpc |> Macro.underscore() |> String.to_atom()

    answer =
      if streams do
        stream = apply(stub, function, [channel, [timeout: timeout]])
        stream = if command["request"], do: push(stream, command["request"]), else: stream
        opened(stream)
        GRPC.Stub.recv(stream, timeout: timeout)
      else
        apply(stub, function, [channel, read(command["request"], request), [timeout: timeout]])
      end

    deliver(answer)
  end

  defp deliver({:error, error}), do: tell(%{"error" => failure(error)})

  defp deliver({:ok, %_{} = message}) when not is_struct(message, Stream),
    do: deliver({:ok, [{:ok, message}]})

  defp deliver({:ok, items}) do
    items |> Enum.reduce_while(%{"end" => true}, &item/2) |> tell()
  end

  defp item({:ok, message}, last) do
    tell(%{"item" => Protobuf.JSON.to_encodable(message) |> elem(1)})
    {:cont, last}
  end

  defp item({:error, error}, _last), do: {:halt, %{"error" => failure(error)}}

  defp tell(outcome), do: send(Process.get(:driver), {:outcome, Process.get(:name), outcome})

  def push(stream, request), do: GRPC.Stub.send_request(stream, read(request, stream.request_mod))

  def cancel(call) do
    GRPC.Stub.cancel(call.stream)
    Process.exit(call.pid, :kill)
    send(self(), {:outcome, call.name, %{"error" => %{"code" => @cancelled}}})
  end

  def receive_outcome(%{name: name}, within) do
    receive do
      {:outcome, ^name, outcome} -> outcome
    after
      round(within * 1000) -> %{"nothing" => true}
    end
  end

  defp read(request, module), do: Protobuf.JSON.from_decoded(request, module) |> elem(1)

  defp failure(%GRPC.RPCError{status: code, message: message}),
    do: %{"code" => code, "message" => message}

  defp failure(other), do: %{"code" => 14, "message" => inspect(other)}
end

defmodule ScenarioDriver do
  alias ScenarioDriver.{Call, KeepStream}

  def main do
    address = System.fetch_env!("QUIKSTATE_ADDR")
    options = [adapter: GRPC.Client.Adapters.Gun, interceptors: [KeepStream]]
    {:ok, channel} = GRPC.Stub.connect(address, options)

    Enum.reduce(IO.binstream(:stdio, :line), %{}, fn line, calls ->
      {answer, calls} = run(Jason.decode!(line), calls, channel)
      IO.binwrite([Jason.encode!(answer), "\n"])
      calls
    end)
  end

  defp run(%{"do" => "open", "call" => name} = command, calls, channel) do
    {%{}, Map.put(calls, name, Call.open(channel, command))}
  end

  defp run(%{"call" => name} = command, calls, _channel) do
    call = Map.fetch!(calls, name)

    case command["do"] do
      "send" -> {%{}, put_in(calls[name].stream, Call.push(call.stream, command["request"]))}
      "half_close" -> {%{}, put_in(calls[name].stream, GRPC.Stub.end_stream(call.stream))}
      "cancel" -> {%{}, tap(calls, fn _ -> Call.cancel(call) end)}
      "receive" -> {Call.receive_outcome(call, command["within"]), calls}
    end
  end
end

# Standard output has answers alone, as the bytes they are.
:io.setopts(:standard_io, encoding: :latin1)
Logger.configure(level: :none)
for application <- [:telemetry, :gun, :grpc], do: Application.ensure_all_started(application)
ScenarioDriver.main()
