package com.quikapp.quikstate.scenarios;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes the calls of the shared scenarios through the Java stubs: a command a line of standard
 * input, an answer a line of standard output, as tests/scenarios/README.md says.
 */
public final class ScenarioDriver {
  private final ManagedChannel channel;
  private final Map<String, Call> calls = new HashMap<>();

  private ScenarioDriver(ManagedChannel channel) {
    this.channel = channel;
  }

  public static void main(String[] args) throws Exception {
    var address = System.getenv("QUIKSTATE_ADDR");
    var channel = Grpc.newChannelBuilder(address, InsecureChannelCredentials.create()).build();
    var driver = new ScenarioDriver(channel);
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      var answer = driver.run(JsonParser.parseString(line).getAsJsonObject());
      System.out.println(new Gson().toJson(answer));
    }
    channel.shutdownNow();
  }

  private JsonObject run(JsonObject command) throws Exception {
    var name = command.get("call").getAsString();
    var request = command.has("request") ? command.get("request").toString() : null;
    switch (command.get("do").getAsString()) {
      case "open" -> {
        var timeout = command.has("timeout") ? command.get("timeout").getAsDouble() : 0;
        calls.put(name, Call.open(channel, command.get("method").getAsString(), request, timeout));
      }
      case "send" -> calls.get(name).send(request);
      case "half_close" -> calls.get(name).halfClose();
      case "cancel" -> calls.get(name).cancel();
      case "receive" -> {
        return calls.get(name).receive(command.get("within").getAsDouble());
      }
      default -> throw new IllegalArgumentException(command.toString());
    }
    return new JsonObject();
  }
}
