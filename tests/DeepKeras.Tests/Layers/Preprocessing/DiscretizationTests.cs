using DeepKeras.Layers;
using DeepKeras.Serialization;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

/// <summary>Expected numbers: keras/src/layers/preprocessing/discretization_test.py and its example; boundaries from Keras's own functions (discretization_keras.py).</summary>
public sealed class DiscretizationTests
{
    private static IEnumerable<TestCaseData> Adapted() => JsonFixture.Cases("Layers/Preprocessing/discretization_keras.json", "title");

    [TestCaseSource(nameof(Adapted))]
    public void Adapt_finds_the_boundaries_that_Keras_finds(JsonElement json)
    {
        using var scope = torch.NewDisposeScope();
        var layer = new Discretization(numBins: json.GetProperty("bins").GetInt32(), epsilon: json.GetProperty("epsilon").GetDouble());
        var first = 0;
        var batches = new List<Tensor>();
        foreach (var size in JsonFixture.Extents(json.GetProperty("sizes")))
        {
            var from = first;
            batches.Add(torch.tensor(Enumerable.Range(from, (int)size).Select(i => ((((long)i * 7919) % 4001) - 1500) / 32f).ToArray()));
            first += (int)size;
        }
        layer.Adapt(batches);
        layer.BinBoundaries.Should().Equal(JsonFixture.Numbers(json.GetProperty("boundaries")));
    }

    [Test]
    public void Values_fall_into_half_open_bins()
    {
        using var scope = torch.NewDisposeScope();
        var x = Floats([-1, 0, 0.1f, 0.8f, 1.2f, 1], 1, 6);
        var bins = new Discretization([0, 0.5, 1]).Call(x);
        Close(bins, Integers([0, 1, 1, 2, 3, 3], 1, 6));
        bins.dtype.Should().Be(ScalarType.Int64);
        Close(new Discretization([0, 0.5, 1], outputMode: "multi_hot").Call(Floats([0.1f, 0.8f], 1, 2)), Floats([0, 1, 1, 0], 1, 4));
        Close(new Discretization([0, 0.5, 1], outputMode: "count").Call(Floats([0.1f, 0.8f, 0.9f], 1, 3)), Floats([0, 1, 2, 0], 1, 4));
        Close(new Discretization([0, 0.5, 1], outputMode: "one_hot").Call(Floats([0.15f, 0.75f, 0.85f, 0.45f], 1, 2, 2)), Floats([0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0], 1, 2, 2, 4));
    }

    [Test]
    public void The_example_of_Keras()
    {
        using var scope = torch.NewDisposeScope();
        var x = Floats([-1.5f, 1, 3.4f, 0.5f, 0, 3, 1.3f, 0], 2, 4);
        var layer = new Discretization(numBins: 4, epsilon: 0.01);
        layer.Adapt(x);
        Close(layer.Call(x), Integers([0, 2, 3, 2, 1, 3, 3, 1], 2, 4));
        Close(new Discretization([0, 1, 2]).Call(x), Integers([0, 2, 3, 1, 1, 3, 2, 1], 2, 4));
    }

    [Test]
    public void Learnt_boundaries_survive_files_and_copies()
    {
        using var folder = new TemporaryFolder();
        using var scope = torch.NewDisposeScope();
        var layer = new Discretization(numBins: 4, outputMode: "one_hot");
        layer.Adapt(Sample(ScalarType.Float32, 200));
        var x = Input(2);
        var model = new Model(x, layer.Apply(x));
        model.Output.Shape.Should().Equal(null, 2, 4);
        var data = Sample(ScalarType.Float32, 5, 2);
        var expected = model.Predict(data).Single;
        foreach (var name in new[] { "m.keras", "m.dkeras" })
        {
            model.Save(folder.File(name));
            var loaded = LoadModel(folder.File(name));
            Close(loaded.Predict(data), expected);
            ((Discretization)loaded.Layers[^1]).BinBoundaries.Should().Equal(layer.BinBoundaries);
        }
        Close(model.Clone().Predict(data), expected);
        ObjectConfig.Write(layer)["config"]!.AsObject().ContainsKey("trainable").Should().BeFalse("Keras's class takes no such key");
    }

    [Test]
    public void Adapting_again_replaces_the_boundaries_unless_a_graph_was_built_on_another_number()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new Discretization(numBins: 2, outputMode: "one_hot", name: "d");
        layer.Adapt(Floats([0, 1, 2, 3], 4));
        layer.Adapt(Floats([10, 11, 12, 13], 4));
        layer.BinBoundaries![0].Should().BeGreaterThan(9);
        _ = layer.Call(Floats([1], 1));
        layer.Adapt(Floats([20, 21, 22, 23], 4));
        Close(layer.Call(Floats([19], 1)), [1, 0]);
        Message(() => Adapt(layer, Floats([1], 1))).Should().Be("Discretization 'd' was built with vectors of 2 categories but would now make vectors of 1. Call Adapt or SetVocabulary before the layer is used, or fix the length with padToMaxTokens: true.");
        layer.BinBoundaries.Count.Should().Be(1, "what was refused changes nothing");
    }

    [Test]
    public void Wrong_use_is_refused_with_the_fix()
    {
        Message(() => new Discretization(name: "d")).Should().Be("Discretization 'd': binBoundaries must be given unless numBins is but was null. Give the boundaries, or give numBins and call Adapt(data).");
        Message(() => new Discretization(numBins: 0, name: "d")).Should().StartWith("Discretization 'd': numBins must be at least 1 but was 0.");
        Message(() => new Discretization(numBins: 2, epsilon: 0, name: "d")).Should().StartWith("Discretization 'd': epsilon must be above 0 and below 1 but was 0.");
        Message(() => new Discretization([1, 0], name: "d")).Should().Be("Discretization 'd': binBoundaries must be in rising order but was [1, 0]. Sort them.");
        Message(() => new Discretization([1], outputMode: "tf_idf", name: "d")).Should().StartWith("Discretization 'd': outputMode must be int, one_hot, multi_hot, count but was tf_idf.");
        Message(() => new Discretization(numBins: 2, name: "d").Call(torch.ones(2))).Should().Be("Discretization 'd' expects its bin boundaries before it is used but has none. Give binBoundaries, or call Adapt(data) first.");
        Message(() => Adapt(new Discretization([1], name: "d"), torch.ones(2))).Should().Be("Discretization 'd' already has the binBoundaries given to its constructor, so Adapt has nothing to find. Leave binBoundaries out of the constructor and give numBins, or do not call Adapt.");
        Message(() => Adapt(new Discretization(numBins: 2, name: "d"), torch.ones(0))).Should().Be("Discretization 'd' expects at least one sample to adapt to but received none. Check that the data is not empty.");
    }

    private static Discretization Adapt(Discretization layer, Tensor data)
    {
        layer.Adapt(data);
        return layer;
    }

    private static string Message(Func<object> action) => FluentActions.Invoking(action).Should().Throw<KerasException>().Which.Message;
}
