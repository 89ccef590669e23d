using DeepKeras.Serialization;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Serialization;

/// <summary>Files that Keras 3.5 saved (Golden/keras_files/make_keras_files.py), with the outputs that it computed.</summary>
[TestFixture]
public sealed class KerasFileTests
{
    private static readonly JsonElement s_expected = JsonDocument.Parse(GoldenFile.Text("keras_files/expected.json")).RootElement;

    private static IEnumerable<string> Names => s_expected.EnumerateObject().Select(p => p.Name);

    private static IEnumerable<string> Current => Names.Where(n => n != "keras2");

    private static IEnumerable<string> OldOnes => Names.Where(n => s_expected.GetProperty(n).GetProperty("old").GetBoolean());

    private static IEnumerable<string> Trained => Names.Where(n => s_expected.GetProperty(n).TryGetProperty("step", out _));

    [SetUp]
    public void StartNaming() => ClearSession();

    [TestCaseSource(nameof(Current))]
    public void A_model_of_Keras_computes_what_it_computed_there(string name) => Check(LoadModel(File(name + ".keras")), name);

    [TestCaseSource(nameof(OldOnes))]
    public void A_model_in_the_older_format_computes_what_it_computed_there(string name) => Check(LoadModel(File(name + ".h5")), name);

    [TestCaseSource(nameof(Current))]
    public void What_is_written_is_read_again(string name)
    {
        using var folder = new TemporaryFolder();
        var model = LoadModel(File(name + ".keras"));
        model.Save(folder.File("again.keras"));
        var copy = LoadModel(folder.File("again.keras"));
        copy.ToJson().Should().Be(model.ToJson());
        Check(copy, name);
    }

    [TestCaseSource(nameof(OldOnes))]
    public void Weights_alone_fill_a_model_with_other_weights(string name)
    {
        using var folder = new TemporaryFolder();
        foreach (var ending in name == "keras2" ? [".h5"] : new[] { ".h5", ".weights.h5" })
        {
            var model = LoadModel(File(name + ".h5"), compile: false).Clone();
            model.LoadWeights(File(name + ending)).IsComplete.Should().BeTrue();
            Check(model, name);
            model.SaveWeights(folder.File("w.weights.h5"));
            var copy = model.Clone();
            copy.LoadWeights(folder.File("w.weights.h5")).Loaded.Should().HaveCount(model.Weights.Count);
            Check(copy, name);
        }
    }

    [TestCaseSource(nameof(Trained))]
    public void An_optimizer_goes_on_where_Keras_stopped(string name)
    {
        using var folder = new TemporaryFolder();
        var step = s_expected.GetProperty(name).GetProperty("step");
        var (x, y) = (Floats(step.GetProperty("x")), Floats(step.GetProperty("y")));
        var model = LoadModel(File(name + ".keras"));
        model.Optimizer!.Iterations.Should().Be(3);
        model.Save(folder.File("same.keras"));
        foreach (var loaded in new[] { model, LoadModel(folder.File("same.keras")) })
        {
            loaded.TrainOnBatch(x, y);
            Close(loaded.Predict(x, verbose: 0).Single, Doubles(step.GetProperty("outputs")[0]), 2e-5, 1e-4);
        }
    }

    [Test]
    public void An_optimizer_of_the_older_format_goes_on_as_well()
    {
        var step = s_expected.GetProperty("trained_adam").GetProperty("step");
        var model = LoadModel(File("trained_adam.h5"));
        model.TrainOnBatch(Floats(step.GetProperty("x")), Floats(step.GetProperty("y")));
        Close(model.Predict(Floats(step.GetProperty("x")), verbose: 0).Single, Doubles(step.GetProperty("outputs")[0]), 2e-5, 1e-4);
    }

    private static string File(string name) => GoldenFile.Path("keras_files/" + name);

    private static Tensor Floats(JsonElement numbers) => Doubles(numbers).to_type(ScalarType.Float32);

    private static Tensor Doubles(JsonElement numbers) => JsonFixture.Doubles(numbers);

    private static void Check(Model model, string name)
    {
        var expected = s_expected.GetProperty(name);
        var found = model.Predict(expected.GetProperty("inputs").EnumerateArray().Select(Floats).ToList(), verbose: 0);
        var wanted = expected.GetProperty("outputs").EnumerateArray().Select(Doubles).ToList();
        found.Should().HaveCount(wanted.Count);
        for (var i = 0; i < wanted.Count; i++) Close(found[i], wanted[i], 1e-5, 1e-4);
    }
}
