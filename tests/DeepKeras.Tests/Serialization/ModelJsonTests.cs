using System.Text.Json.Nodes;
using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Serialization;

[TestFixture]
public sealed class ModelJsonTests
{
    private static readonly string[] s_models = ["lenet", "stack", "graph", "chain", "nested"];

    [SetUp]
    public void StartNaming() => ClearSession();

    [TestCaseSource(nameof(s_models))]
    public void What_Keras_wrote_is_read(string name)
    {
        var model = Model.FromJson(GoldenFile.Text($"keras/{name}.json"));
        model.SummaryText().Should().Be(KerasModels.Make(name).SummaryText());
        model.ToJson().Should().Be(Model.FromJson(model.ToJson()).ToJson());
    }

    [TestCaseSource(nameof(s_models))]
    public void What_is_written_has_every_key_and_value_that_Keras_writes(string name)
    {
        var keras = JsonNode.Parse(GoldenFile.Text($"keras/{name}.json"))!;
        var ours = JsonNode.Parse(KerasModels.Make(name).ToJson())!;
        Compare(ours["config"], keras["config"], name).Where(d => d != "nested.output_layers[1][1]: 0 instead of 1").Should().BeEmpty("but for Keras's own count of a nested model's calls");
        ours["class_name"]!.GetValue<string>().Should().Be(keras["class_name"]!.GetValue<string>());
    }

    [Test]
    public void A_clone_has_the_same_shape_and_weights_of_its_own()
    {
        var model = KerasModels.Graph();
        var clone = model.Clone();
        clone.SummaryText().Should().Be(model.SummaryText());
        clone.Layers.Should().NotIntersectWith(model.Layers);
        Numbers(clone.GetLayer("shared").Weights[0].Value).Should().NotEqual(Numbers(model.GetLayer("shared").Weights[0].Value), "they are drawn anew");
        clone.SetWeights(model.GetWeights());
        var inputs = new[] { Sample(ScalarType.Float32, 3, 8), Sample(ScalarType.Float32, 3, 8) };
        Close(clone.Call(inputs), model.Call(inputs));
    }

    [Test]
    public void A_seeded_initializer_gives_the_clone_the_same_start()
    {
        var model = new Sequential([Input(3), Dense(2, kernelInitializer: new DeepKeras.Initializers.GlorotUniform(5))]);
        Numbers(model.Clone().Weights[0].Value).Should().Equal(Numbers(model.Weights[0].Value));
    }

    [Test]
    public void Frozen_layers_stay_frozen_and_thawed_ones_thawed()
    {
        var inner = new Sequential([Input(4), Dense(3, name: "a"), Dense(2, name: "b")], "inner");
        var x = Input(4);
        var model = new Model(x, inner.Apply(x)) { Trainable = false };
        inner.GetLayer("b").Trainable = true;
        var copy = Model.FromJson(model.ToJson());
        copy.Trainable.Should().BeFalse();
        ((Model)copy.GetLayer("inner")).GetLayer("a").Trainable.Should().BeFalse();
        ((Model)copy.GetLayer("inner")).GetLayer("b").Trainable.Should().BeTrue();
    }

    [Test]
    public void A_model_that_begins_inside_another_gets_an_input_of_its_own()
    {
        var whole = KerasModels.Chain();
        var tail = new Model(whole.GetLayer("hidden").Output, whole.Output, "tail");
        var copy = Model.FromJson(tail.ToJson());
        copy.Layers.Select(l => l.Name).Should().Equal("hidden_output", "out");
        copy.SetWeights(tail.GetWeights());
        var input = Sample(ScalarType.Float32, 2, 4);
        Close(copy.Call(input), tail.Call(input));
    }

    [Test]
    public void The_file_of_a_branched_model_names_Keras_own_classes() =>
        JsonNode.Parse(KerasModels.Graph().ToJson(indented: true))!["module"]!.GetValue<string>().Should().Be("keras.src.models.functional");

    [Test]
    public void A_stack_without_shapes_stays_without()
    {
        var copy = Model.FromJson(new Sequential([new Dense(4), new Dense(2)], "late").ToJson());
        copy.IsBuilt.Should().BeFalse();
        copy.Layers.Should().HaveCount(2);
        copy.Call(Sample(ScalarType.Float32, 3, 5)).shape.Should().Equal(3, 2);
    }

    [TestCase("", "This is not the JSON of a model:*")]
    [TestCase("{", "This is not the JSON of a model:*")]
    [TestCase("[1]", "This is not the JSON of a model: it holds no object.*")]
    [TestCase("""{"class_name":"Sequential","class_name":"Sequential"}""", "This is not the JSON of a model:*")]
    [TestCase("""{"class_name":"Sequential","config":{}}""", "*Sequential lacks 'layers'*")]
    [TestCase("""{"class_name":"Functional","config":{"name":"m"}}""", "*Functional lacks 'layers'*")]
    [TestCase("""{"class_name":"Functional","config":{"name":"m","layers":[3]}}""", "*'m' cannot be rebuilt: an entry of 'layers' is not an object*")]
    public void What_is_no_model_is_refused(string json, string message) =>
        FluentActions.Invoking(() => Model.FromJson(json)).Should().Throw<KerasException>().WithMessage(message);

    [TestCase("[\"shared\",1,0]", "[\"shared\",7,0]", "*'graph' cannot be rebuilt: 'both' is called on output 0 of call 7 of 'shared', which no layer produces*")]
    [TestCase("\"output_layers\":[[\"head\",0,0]", "\"output_layers\":[[\"tail\",0,0]", "*'output_layers' names output 0 of call 0 of 'tail'*")]
    [TestCase("\"input_layers\":[[\"first\",0,0],[\"second\",0,0]]", "\"input_layers\":[]", "*'input_layers' names no tensor*")]
    [TestCase("\"input_layers\":[[\"first\",0,0],[\"second\",0,0]]", "\"input_layers\":[4]", "*a tensor is expected as ?layer, call, output? but found 4*")]
    [TestCase("\"name\":\"both\"", "\"name\":\"total\"", "*two layers are called 'total'*")]
    [TestCase("\"kwargs\":{}", "\"kwargs\":{\"training\":true}", "*passes 'training', which calls here do not take*")]
    public void A_damaged_graph_is_refused(string text, string damaged, string message)
    {
        var json = KerasModels.Graph().ToJson();
        json.Should().Contain(text);
        FluentActions.Invoking(() => Model.FromJson(json.Replace(text, damaged, StringComparison.Ordinal))).Should().Throw<KerasException>().WithMessage(message);
    }

    [Test]
    public void A_call_without_input_and_a_subclassed_model_are_refused()
    {
        const string Empty = """{"class_name":"Functional","config":{"name":"m","layers":[{"class_name":"Dense","config":{"units":2,"name":"d"},"inbound_nodes":[{"args":[],"kwargs":{}}]}]}}""";
        FluentActions.Invoking(() => Model.FromJson(Empty)).Should().Throw<KerasException>().WithMessage("*a call of 'd' has no input*");
        var x = Input(2);
        FluentActions.Invoking(() => new OwnModel(x, Dense(1)(x)).ToJson()).Should().Throw<KerasException>().WithMessage("OwnModel*is a class derived from Model*");
    }

    /// <summary>Where ours lacks a key of Keras's or has another value; keys for abilities that are switched off are left out, dtypes are compared by name.</summary>
    private static IEnumerable<string> Compare(JsonNode? ours, JsonNode? keras, string path)
    {
        if (keras is JsonObject expected)
        {
            if (expected["class_name"]?.GetValue<string>() == "DTypePolicy") return Compare(ours, expected["config"]!["name"], path);
            if (ours is not JsonObject found) return [$"{path}: {ours?.ToJsonString() ?? "null"}"];
            string[] skipped = ["build_config", "compile_config", "quantization_config", "input_axes", "output_axes", "groups", "renorm", "renorm_clipping", "renorm_momentum", "synchronized", "kwargs", "seed", "noise_shape"];
            return expected.Where(p => !skipped.Contains(p.Key)).SelectMany(p => found.ContainsKey(p.Key) ? Compare(found[p.Key], p.Value, $"{path}.{p.Key}") : [$"{path}.{p.Key} is missing"]);
        }
        if (keras is JsonArray list)
        {
            // Keras writes a single input or output as [layer, call, output]; a list of one means the same.
            if (ours is JsonArray { Count: 1 } one && list.Count == 3 && list[0] is JsonValue && one[0] is JsonArray inner) ours = inner;
            return ours is JsonArray array && array.Count == list.Count ? list.SelectMany((e, i) => Compare(array[i], e, $"{path}[{i}]")) : [$"{path}: {ours?.ToJsonString() ?? "null"}"];
        }
        return (ours?.ToJsonString() ?? "null") == (keras?.ToJsonString() ?? "null") ? [] : [$"{path}: {ours?.ToJsonString() ?? "null"} instead of {keras?.ToJsonString() ?? "null"}"];
    }

    private sealed class OwnModel(KerasTensors inputs, KerasTensors outputs) : Model(inputs, outputs);
}
