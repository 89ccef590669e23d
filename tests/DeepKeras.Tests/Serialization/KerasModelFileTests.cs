using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using DeepKeras.Layers;
using DeepKeras.Serialization;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Serialization;

/// <summary>Keras 3's model file as it is written here, and damaged ones.</summary>
[TestFixture]
public sealed class KerasModelFileTests
{
    [SetUp]
    public void StartNaming() => ClearSession();

    [TestCase("adam")]
    [TestCase("rmsprop")]
    [TestCase("nadam")]
    [TestCase("adafactor")]
    public void Two_and_two_epochs_are_four_epochs_bit_by_bit(string optimizer)
    {
        using var folder = new TemporaryFolder();
        var (x, y) = Data();
        SetRandomSeed(3);
        var straight = Net(optimizer);
        var history = straight.Fit(x, y, batchSize: 8, epochs: 4, verbose: 0);

        SetRandomSeed(3);
        var first = Net(optimizer);
        first.Fit(x, y, batchSize: 8, epochs: 2, verbose: 0);
        first.Save(folder.File("half.keras"));
        SetRandomSeed(99);
        _ = torch.rand(10);
        var second = LoadModel(folder.File("half.keras"), resume: true);
        var rest = second.Fit(x, y, batchSize: 8, epochs: 4, initialEpoch: 2, verbose: 0);
        second.Optimizer!.Iterations.Should().Be(straight.Optimizer!.Iterations);
        rest["loss"].Should().Equal(history["loss"].Skip(2));
        second.GetWeights().Zip(straight.GetWeights(), (a, b) => Numbers(a).SequenceEqual(Numbers(b))).Should().NotContain(false);
    }

    [Test]
    public void State_of_a_layer_that_was_frozen_after_training_comes_back()
    {
        using var folder = new TemporaryFolder();
        var (x, y) = Data();
        var model = Net("adam");
        model.Fit(x, y, batchSize: 16, epochs: 1, verbose: 0);
        model.Layers[0].Trainable = false;
        model.Fit(x, y, batchSize: 16, epochs: 1, verbose: 0);
        model.Save(folder.File("m.keras"));
        var copy = LoadModel(folder.File("m.keras"));
        copy.Layers[0].Trainable.Should().BeFalse();
        State(copy).Should().BeEquivalentTo(State(model));

        static Dictionary<string, double[]> State(Model m) => m.Optimizer!.GetState().ToDictionary(s => s.Name, s => Numbers(s.Value));
    }

    [Test]
    public void The_archive_has_Keras_s_parts_and_the_weights_lie_where_Keras_looks()
    {
        using var folder = new TemporaryFolder();
        KerasModels.Nested().Save(folder.File("m.keras"));
        using (var zip = ZipFile.OpenRead(folder.File("m.keras")))
        {
            zip.Entries.Select(e => e.FullName).Should().Equal("metadata.json", "config.json", "model.weights.h5", "state.json");
            zip.GetEntry("model.weights.h5")!.ExtractToFile(folder.File("w.h5"));
        }
        using var file = WeightFile.Open(folder.File("w.h5"));
        file.Entries.Select(e => e.Name).Should().BeEquivalentTo(
            "layers/sequential/layers/dense/vars/0", "layers/sequential/layers/dense/vars/1", "layers/sequential/layers/dense_1/vars/0", "layers/sequential/layers/dense_1/vars/1",
            "layers/functional/layers/dense/vars/0", "layers/functional/layers/dense/vars/1", "layers/functional/layers/dense_1/vars/0", "layers/functional/layers/dense_1/vars/1",
            "layers/dense/vars/0", "layers/dense/vars/1");
    }

    [Test]
    public void Nothing_but_the_file_is_left_in_the_folder()
    {
        using var folder = new TemporaryFolder();
        KerasModels.Chain().Save(folder.File("m.keras"));
        KerasModels.Chain().SaveWeights(folder.File("m.weights.h5"));
        FluentActions.Invoking(() => KerasModels.Chain().SaveWeights(Path.Combine(folder.Path, "none", "m.weights.h5"))).Should().Throw<KerasException>().WithMessage("*its folder does not exist*");
        FluentActions.Invoking(() => KerasModels.Chain().Save(Path.Combine(folder.Path, "none", "m.keras"))).Should().Throw<KerasException>().WithMessage("*its folder does not exist*");
        Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Should().BeEquivalentTo("m.keras", "m.weights.h5");
    }

    [Test]
    public void A_state_of_another_optimizer_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Golden("trained_adam.keras"), folder.File("m.keras"));
        using (var zip = ZipFile.Open(folder.File("m.keras"), ZipArchiveMode.Update))
        {
            JsonNode config;
            using (var old = zip.GetEntry("config.json")!.Open()) config = JsonNode.Parse(old)!;
            config["compile_config"]!["optimizer"] = ObjectConfig.Write(new SGD());
            zip.GetEntry("config.json")!.Delete();
            using var part = zip.CreateEntry("config.json").Open();
            part.Write(Encoding.UTF8.GetBytes(config.ToJsonString()));
        }
        FluentActions.Invoking(() => LoadModel(folder.File("m.keras"))).Should().Throw<KerasException>().WithMessage("*the state of Optimizer SGD 'SGD' has 14 arrays where 2*compile: false*");
        LoadModel(folder.File("m.keras"), compile: false).Optimizer.Should().BeNull();
    }

    [Test]
    public void A_file_of_Keras_has_no_random_numbers_to_resume_from() =>
        FluentActions.Invoking(() => LoadModel(Golden("dense.keras"), resume: true)).Should().Throw<KerasException>().WithMessage("*state.json*is not in it*resume: false*");

    [Test]
    public void Every_damage_of_a_part_is_noticed()
    {
        using var folder = new TemporaryFolder();
        KerasModels.Stack().Save(folder.File("m.keras"));
        var whole = File.ReadAllBytes(folder.File("m.keras"));
        foreach (var length in new[] { whole.Length / 4, whole.Length / 2, whole.Length - 1 })
        {
            File.WriteAllBytes(folder.File("cut.keras"), whole[..length]);
            FluentActions.Invoking(() => LoadModel(folder.File("cut.keras"))).Should().Throw<KerasException>().WithMessage("*cut.keras is no usable model file: it is damaged*");
        }
        var start = whole.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x89, 0x48, 0x44, 0x46]);
        using var zip = ZipFile.OpenRead(folder.File("m.keras"));
        var end = start + (int)zip.GetEntry("model.weights.h5")!.Length;
        for (var at = start; at < end; at += 997)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0x40;
            File.WriteAllBytes(folder.File("bit.keras"), damaged);
            FluentActions.Invoking(() => LoadModel(folder.File("bit.keras"))).Should().Throw<KerasException>("bit {0} was flipped", at).WithMessage("*is damaged: its CRC-32 is*");
        }
    }

    [TestCase("config.json", "config.json is not in it")]
    [TestCase("nothing", "config.json holds no object")]
    public void An_archive_without_a_model_is_refused(string missing, string problem)
    {
        using var folder = new TemporaryFolder();
        using (var zip = ZipFile.Open(folder.File("m.keras"), ZipArchiveMode.Create))
        {
            foreach (var name in new[] { "metadata.json", "config.json", "model.weights.h5" }.Where(n => n != missing))
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write("[1]"u8);
            }
        }
        FluentActions.Invoking(() => LoadModel(folder.File("m.keras"))).Should().Throw<KerasException>().WithMessage($"*m.keras is no usable model file: {problem}*");
    }

    private static string Golden(string name) => GoldenFile.Path("keras_files/" + name);

    private static Sequential Net(string optimizer)
    {
        ClearSession();
        var model = new Sequential([Input((6, 6, 1)), Conv2D(3, 3, activation: "relu"), BatchNormalization(), Flatten(), Dropout(0.3), Dense(8, activation: "tanh"), Dropout(0.2, seed: 11), Dense(3, activation: "softmax")], "net");
        model.Compile(optimizer, "sparse_categorical_crossentropy", ["accuracy"]);
        return model;
    }

    private static (Tensor X, Tensor Y) Data() => (Sample(ScalarType.Float32, 44, 6, 6, 1), torch.arange(44, ScalarType.Int64).remainder(3));
}
