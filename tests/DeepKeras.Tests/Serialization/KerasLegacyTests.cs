using DeepKeras.Layers;
using DeepKeras.Metrics;
using DeepKeras.Serialization;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Serialization;

/// <summary>The layouts of Keras 1 and 2 (Golden/keras_files/make_hdf5_files.py, whose formula gives the numbers).</summary>
[TestFixture]
public sealed class KerasLegacyTests
{
    [SetUp]
    public void StartNaming() => ClearSession();

    [TestCase("applications.h5")]
    [TestCase("keras1.h5")]
    public void Weights_of_applications_go_by_the_names_of_the_layers(string name)
    {
        // The layers stand in another order than in the file.
        var x = Input((6, 6, 3));
        var model = new Model(x, [Conv2D(4, 3, name: "block1_conv2")(Conv2D(4, 3, name: "block1_conv1")(x))]);
        var report = model.LoadWeights(Golden(name));
        report.Loaded.Should().BeEquivalentTo("block1_conv1/kernel", "block1_conv1/bias", "block1_conv2/kernel", "block1_conv2/bias");
        Numbers(model.GetLayer("block1_conv1").GetWeights()[0]).Should().Equal(Ramp(3 * 3 * 3 * 4));
        Numbers(model.GetLayer("block1_conv2").GetWeights()[0]).Should().Equal(Ramp(3 * 3 * 4 * 4));
        Numbers(model.GetLayer("block1_conv2").GetWeights()[1]).Should().Equal(Ramp(4));
    }

    [Test]
    public void Layers_of_other_names_go_by_their_order()
    {
        var model = new Sequential([Input((6, 6, 3)), Conv2D(4, 3), MaxPooling2D(), Conv2D(4, 3, padding: "same")]);
        model.LoadWeights(Golden("applications.h5")).IsComplete.Should().BeTrue();
        Numbers(model.Layers[2].GetWeights()[0]).Should().Equal(Ramp(3 * 3 * 4 * 4));
    }

    [Test]
    public void Weights_too_many_or_too_few_are_named()
    {
        var model = new Sequential([Input((6, 6, 3)), Conv2D(4, 3, useBias: false, name: "block1_conv1"), Conv2D(5, 3, name: "block1_conv2"), Dense(2, name: "top")], "net");
        FluentActions.Invoking(() => model.LoadWeights(Golden("applications.h5"))).Should().Throw<KerasException>().WithMessage(
            "*applications.h5 do not fit model 'net'; nothing was changed. 1 of 5 weights fit:\n" +
            "  block1_conv2/kernel: the model has (3, 3, 4, 5), the file (3, 3, 4, 4)\n  block1_conv2/bias: the model has (5,), the file (4,)\n" +
            "  top/kernel (5, 2): not in the file\n  top/bias (2,): not in the file\n  block1_conv1/block1_conv1/bias:0 (4,): not in the model\n*");
        model.LoadWeights(Golden("applications.h5"), skipMismatch: true).Loaded.Should().Equal("block1_conv1/kernel");
        Numbers(model.Layers[0].GetWeights()[0]).Should().Equal(Ramp(3 * 3 * 3 * 4));
    }

    [Test]
    public void What_Keras_2_compiled_comes_back_with_the_state_of_its_optimizer()
    {
        var model = LoadModel(Golden("keras2.h5"));
        var adam = model.Optimizer.Should().BeOfType<Adam>().Subject;
        adam.LearningRate.At(0).Should().Be(0.25);
        adam.Iterations.Should().Be(7);
        model.Compiled!.LossSpec!.PerOutput(model)[0].Should().BeOfType<DeepKeras.Losses.CategoricalCrossentropy>().Which.LabelSmoothing.Should().Be(0.125);
        model.Compiled!.MetricsSpec!.PerOutput(model)[0][0].Name.Should().Be("categorical_accuracy");
        var state = adam.GetState().ToDictionary(s => s.Name, s => Numbers(s.Value)[0], StringComparer.Ordinal);
        state["conv_a_kernel_momentum"].Should().Be(0);
        state["conv_b_bias_momentum"].Should().Be(3);
        state["bn_b_beta_velocity"].Should().Be(105);
        state["top_bias_velocity"].Should().Be(109);
        LoadModel(Golden("keras2.h5"), compile: false).Optimizer.Should().BeNull();
    }

    [Test]
    public void Files_without_a_model_are_refused()
    {
        FluentActions.Invoking(() => LoadModel(Golden("applications.h5"))).Should().Throw<KerasException>().WithMessage("*it is an .h5 file of weights without a model*");
        FluentActions.Invoking(() => LoadModel(Golden("keras2.h5"), resume: true)).Should().Throw<KerasException>().WithMessage("*resume: false*");
    }

    [Test]
    public void A_table_says_which_layers_of_the_file_the_model_does_without()
    {
        var model = new Sequential([Input((6, 6, 3)), Conv2D(4, 3, name: "block1_conv1")], "net");
        IReadOnlyList<(string, string)> rules = [("block1_conv{n}", "features.{n}")];
        FluentActions.Invoking(() => model.LoadWeights(Golden("applications.h5"), new StateDictMap(rules, ["features.1.*"]))).Should().Throw<KerasException>().WithMessage(
            "*nothing was changed. 2 of 2 weights fit:\n  block1_conv2/block1_conv2/kernel:0 (3, 3, 4, 4): not in the model\n  block1_conv2/block1_conv2/bias:0 (4,): not in the model\n*");
        model.LoadWeights(Golden("applications.h5"), new StateDictMap(rules, ["features.2.*"])).IsComplete.Should().BeTrue();
        Numbers(model.Layers[0].GetWeights()[0]).Should().Equal(Ramp(3 * 3 * 3 * 4));
    }

    [Test]
    public void What_stands_beside_the_weights_is_listed()
    {
        using var file = WeightFile.Open(Golden("keras2.h5"));
        file.Metadata.Should().Equal(new Dictionary<string, string> { ["keras_version"] = "2.4.0", ["backend"] = "tensorflow" });
        file.Skipped.Should().HaveCount(21).And.OnlyContain(n => n.StartsWith("optimizer_weights/training/Adam/", StringComparison.Ordinal));
        file.Entries.Select(e => e.Name).Should().Contain("tower/bn_b/moving_mean:0").And.HaveCount(12);
    }

    private static string Golden(string name) => GoldenFile.Path("keras_files/" + name);

    private static double[] Ramp(int count) => [.. Enumerable.Range(0, count).Select(i => ((i % 11) - 5) / 8.0)];
}
