using DeepKeras.Layers;
using DeepKeras.Serialization;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Serialization;

[TestFixture]
public sealed class ModelWeightsTests
{
    [SetUp]
    public void StartNaming() => ClearSession();

    [Test]
    public void Weights_come_back_bit_by_bit_with_paths_as_keys_and_in_Keras_layout()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("w.safetensors");
        var model = KerasModels.Stack();
        model.SaveWeights(path);
        using (var file = new SafetensorsReader(path))
        {
            file.Entries.Select(e => $"{e.Name} {e.Shape}").Should().BeEquivalentTo(
                "conv2d/kernel (3, 3, 1, 2)", "conv2d/bias (2,)",
                "batch_normalization/gamma (2,)", "batch_normalization/beta (2,)", "batch_normalization/moving_mean (2,)", "batch_normalization/moving_variance (2,)",
                "a_rather_long_layer_name_to_be_cut/kernel (154, 10)", "a_rather_long_layer_name_to_be_cut/bias (10,)");
            Numbers(file.Read("conv2d/kernel")).Should().Equal(Numbers(model.Layers[0].GetWeights()[0]));
        }
        var copy = model.Clone();
        var report = copy.LoadWeights(path);
        report.IsComplete.Should().BeTrue();
        report.Loaded.Should().HaveCount(8);
        copy.GetWeights().Zip(model.GetWeights(), (a, b) => Numbers(a).SequenceEqual(Numbers(b))).Should().NotContain(false);
    }

    [Test]
    public void Nested_and_shared_weights_are_listed_once_under_the_name_of_their_model()
    {
        var keys = WeightTable.Of(KerasModels.Nested()).Select(e => e.Key);
        keys.Should().Equal(
            "inner/d1/kernel", "inner/d1/bias", "inner/d2/kernel", "inner/d2/bias",
            "two_headed/left/kernel", "two_headed/left/bias", "two_headed/right/kernel", "two_headed/right/bias", "top/kernel", "top/bias");
        WeightTable.Of(KerasModels.Graph()).Select(e => e.Key).Should().Equal("shared/kernel", "shared/bias", "head/kernel", "head/bias");
    }

    [Test]
    public void Every_difference_is_named_and_nothing_is_changed()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("w.safetensors");
        new Sequential([Input(4), Dense(3, name: "a"), Dense(2, name: "b"), Dense(2, name: "old")]).SaveWeights(path);
        var model = new Sequential([Input(4), Dense(3, name: "a"), Dense(5, name: "b"), Dense(2, name: "new")], "net");
        var before = model.GetWeights().Select(t => Numbers(t)).ToArray();
        FluentActions.Invoking(() => model.LoadWeights(path)).Should().Throw<KerasException>().WithMessage(
            $"The weights in {path} do not fit model 'net'; nothing was changed. 2 of 6 weights fit:\n" +
            "  b/kernel: the model has (3, 5), the file (3, 2)\n  b/bias: the model has (5,), the file (2,)\n" +
            "  new/kernel (5, 2): not in the file\n  new/bias (2,): not in the file\n" +
            "*old/kernel (2, 2): not in the model\n*old/bias (2,): not in the model\n*skipMismatch: true*");
        model.GetWeights().Select(t => Numbers(t)).Should().BeEquivalentTo(before, o => o.WithStrictOrdering());

        var report = model.LoadWeights(path, skipMismatch: true);
        report.Loaded.Should().Equal("a/kernel", "a/bias");
        report.Mismatching.Select(m => m.Key).Should().Equal("b/kernel", "b/bias");
        report.Missing.Select(m => m.Key).Should().Equal("new/kernel", "new/bias");
        Numbers(model.GetWeights()[0]).Should().NotEqual(before[0]);
        Numbers(model.GetWeights()[2]).Should().Equal(before[2]);
    }

    [Test]
    public void Half_precision_files_fill_float_weights()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("w.safetensors");
        SafetensorsWriter.Save(path, [("d/kernel", torch.full([2, 1], 0.5, ScalarType.Float16)), ("d/bias", torch.full([1], -3, ScalarType.BFloat16))]);
        var model = new Sequential([Input(2), Dense(1, name: "d")]);
        model.LoadWeights(path);
        Numbers(model.Call(Floats([1, 1], 1, 2))).Should().Equal(-2);
        model.Weights[0].Value.dtype.Should().Be(ScalarType.Float32);
    }

    [Test]
    public void A_model_without_weights_and_foreign_names_are_refused()
    {
        using var folder = new TemporaryFolder();
        var late = new Sequential([new Dense(2)], "late");
        FluentActions.Invoking(() => late.SaveWeights(folder.File("w.safetensors"))).Should().Throw<KerasException>().WithMessage("*'late' has no weights yet*");
        FluentActions.Invoking(() => KerasModels.Chain().SaveWeights(folder.File("w.h5"))).Should().Throw<KerasException>().WithMessage("*w.h5: weights for Keras are written to names that end in .weights.h5*");
        FluentActions.Invoking(() => KerasModels.Chain().SaveWeights(folder.File("w.keras"))).Should().Throw<KerasException>().WithMessage("*the ending .keras belongs to another format*.safetensors*");
        FluentActions.Invoking(() => KerasModels.Chain().LoadWeights(folder.File("no"))).Should().Throw<KerasException>().WithMessage("The file *no does not exist*");
        Directory.GetFiles(folder.Path).Should().BeEmpty();
    }
}
