using System.Text.Json;
using System.Text.Json.Nodes;
using DeepKeras.Layers;
using DeepKeras.Serialization;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

/// <summary><c>renorm: true</c> against three steps of Keras in float64.</summary>
public sealed class BatchRenormalizationTests
{
    public static IEnumerable<TestCaseData> FromKeras() => JsonFixture.Cases("Layers/Normalization/Fixtures/batch_renormalization.json", "name");

    [TestCaseSource(nameof(FromKeras))]
    public void Three_steps_are_those_of_Keras(JsonElement expected)
    {
        using var scope = torch.NewDisposeScope();
        var layer = (BatchNormalization)ObjectConfig.ReadObject(JsonNode.Parse(expected.GetProperty("config").GetRawText())!, typeof(Layer));
        var mask = expected.TryGetProperty("mask", out var given) ? JsonFixture.Doubles(given).to_type(ScalarType.Bool) : null;
        layer.Apply(Input(new Shape(JsonFixture.Extents(expected.GetProperty("steps")[0].GetProperty("x").GetProperty("shape"))[1..]), dtype: ScalarType.Float64));
        layer.Dtype.Should().Be(ScalarType.Float64);
        layer.SetWeights([.. expected.GetProperty("weights").EnumerateArray().Select(JsonFixture.Doubles)]);
        foreach (var step in expected.GetProperty("steps").EnumerateArray())
        {
            var x = JsonFixture.Doubles(step.GetProperty("x"));
            x.requires_grad = true;
            var y = mask is null ? layer.Call(x, training: true) : layer.Call([x], [mask], training: true);
            y.mul(JsonFixture.Doubles(step.GetProperty("coefficients"))).sum().backward();
            Close(y, JsonFixture.Doubles(step.GetProperty("y")), 1e-10, 1e-10);
            Close(x.grad!, JsonFixture.Doubles(step.GetProperty("gradient")), 1e-10, 1e-10);
            foreach (var (weight, value) in layer.GetWeights().Zip(step.GetProperty("weights").EnumerateArray())) Close(weight, JsonFixture.Doubles(value), 1e-10, 1e-10);
        }
    }

    [Test]
    public void Inference_uses_the_moving_statistics_alone()
    {
        using var scope = torch.NewDisposeScope();
        var (layer, plain) = (new BatchNormalization(renorm: true), new BatchNormalization());
        var x = Sample(ScalarType.Float32, 8, 3);
        layer.Call(x.mul(3), training: true);
        plain.Apply(Input(3));
        plain.SetWeights([.. layer.GetWeights().Take(4)]);
        Close(layer.Call(x), plain.Call(x));
    }

    [Test]
    public void A_config_keeps_the_bounds_and_one_without_renorm_stays_readable_for_early_Keras()
    {
        var layer = new BatchNormalization(renorm: true, renormClipping: new Dictionary<string, double> { ["rmax"] = 3, ["dmax"] = 5 }, renormMomentum: 0.9);
        var read = (BatchNormalization)ObjectConfig.ReadObject(ObjectConfig.Write(layer), typeof(Layer));
        read.Renorm.Should().BeTrue();
        read.RenormClipping.Should().Equal(new Dictionary<string, double> { ["rmax"] = 3, ["dmax"] = 5 });
        read.RenormMomentum.Should().Be(0.9);
        ObjectConfig.Write(new BatchNormalization())["config"]!.AsObject().Should().NotContainKey("renorm").And.NotContainKey("renorm_momentum");
    }

    [Test]
    public void A_network_learns_and_is_saved_with_it()
    {
        using var folder = new TemporaryFolder();
        var model = new Sequential([Input(3), Dense(4, useBias: false), BatchNormalization(renorm: true), Activation("relu"), Dense(1)]);
        model.Compile(new Adam(0.02), "mse");
        using var scope = torch.NewDisposeScope();
        var x = Sample(ScalarType.Float32, 32, 3);
        var history = model.Fit(x, x.sum([1L], true), epochs: 20, batchSize: 8, verbose: 0);
        history["loss"][^1].Should().BeLessThan(history["loss"][0] / 2);
        model.Save(folder.File("renorm.dkeras"));
        var read = LoadModel(folder.File("renorm.dkeras"));
        Close(read.Predict(x), model.Predict(x));
    }

    [Test]
    public void Impossible_bounds_are_refused_with_the_fix()
    {
        Message(new Dictionary<string, double> { ["rmx"] = 3 }).Should().Be("BatchNormalization 'bn': renormClipping must be bounds named rmin, rmax or dmax but was 'rmx'. Write new Dictionary<string, double> { [\"rmax\"] = 3, [\"rmin\"] = 1 / 3.0, [\"dmax\"] = 5 }.");
        Message(new Dictionary<string, double> { ["rmin"] = 2, ["rmax"] = 1 }).Should().Be("BatchNormalization 'bn': renormClipping must be rmin of at most rmax but was rmin 2 and rmax 1. The correction r is held between both; without a correction it is 1.");
        Message(new Dictionary<string, double> { ["dmax"] = -1 }).Should().Be("BatchNormalization 'bn': renormClipping must be a dmax that is not negative but was -1. The correction d is held between −dmax and dmax.");
        FluentActions.Invoking(() => new BatchNormalization(renormMomentum: 2)).Should().Throw<KerasException>().WithMessage("*renormMomentum must be between 0 and 1*");

        static string Message(Dictionary<string, double> clipping) => FluentActions.Invoking(() => new BatchNormalization(renorm: true, renormClipping: clipping, name: "bn")).Should().Throw<KerasException>().Which.Message;
    }
}
