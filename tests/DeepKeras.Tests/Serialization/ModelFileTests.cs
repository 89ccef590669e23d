using System.IO.Compression;
using System.Text;
using DeepKeras.Layers;
using DeepKeras.Metrics;
using DeepKeras.Schedules;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Serialization;

[TestFixture]
public sealed class ModelFileTests
{
    [SetUp]
    public void StartNaming() => ClearSession();

    [Test]
    public void Two_and_two_epochs_are_four_epochs_bit_by_bit()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("half.dkeras");
        var (x, y) = Data();

        SetRandomSeed(3);
        var straight = Net();
        var history = straight.Fit(x, y, batchSize: 8, epochs: 4, verbose: 0);

        SetRandomSeed(3);
        var first = Net();
        first.Fit(x, y, batchSize: 8, epochs: 2, verbose: 0);
        first.Save(path);
        SetRandomSeed(99);
        _ = torch.rand(10);
        var second = LoadModel(path, resume: true);
        var rest = second.Fit(x, y, batchSize: 8, epochs: 4, initialEpoch: 2, verbose: 0);

        second.Optimizer!.Iterations.Should().Be(straight.Optimizer!.Iterations);
        rest["loss"].Should().Equal(history["loss"].Skip(2));
        second.GetWeights().Zip(straight.GetWeights(), (a, b) => Numbers(a).SequenceEqual(Numbers(b))).Should().NotContain(false);
    }

    [Test]
    public void A_model_that_lost_a_trained_layer_loads_again()
    {
        using var folder = new TemporaryFolder();
        Sequential model = [Dense(3, inputShape: 4), Dense(1)];
        model.Compile("adam", "mse");
        model.Fit(torch.rand(4, 4), torch.rand(4, 1), verbose: 0);
        model.Pop();
        model.Add(Dense(2));
        model.Fit(torch.rand(4, 4), torch.rand(4, 2), verbose: 0);
        model.Save(folder.File("cut.dkeras"));
        var state = LoadModel(folder.File("cut.dkeras")).Optimizer!.GetState();
        state.Select(s => s.Name).Should().Contain("dense_2_kernel_momentum").And.NotContain("dense_1_kernel_momentum");
    }

    [Test]
    public void Nested_models_may_have_layers_of_one_name()
    {
        using var folder = new TemporaryFolder();
        var x = Input(4);
        var model = new Model(x, Add()(Tower("left").Apply(x), Tower("right").Apply(x)));
        model.Compile("adam", "mse");
        model.Fit(torch.rand(4, 4), torch.rand(4, 3), verbose: 0);
        model.Save(folder.File("towers.dkeras"));
        var before = model.Optimizer!.GetState();
        var after = LoadModel(folder.File("towers.dkeras")).Optimizer!.GetState();
        after.Select(s => s.Name).Should().Equal(before.Select(s => s.Name)).And.OnlyHaveUniqueItems();
        after.Zip(before, (a, b) => Same(a.Value, b.Value)).Should().NotContain(false);

        static Sequential Tower(string name) => new([Input(4), Dense(3, name: "d")], name);
    }

    [Test]
    public void The_weights_of_a_fresh_run_would_differ()
    {
        // Without the saved random numbers the second half goes another way; else the test above would prove nothing.
        using var folder = new TemporaryFolder();
        var path = folder.File("half.dkeras");
        var (x, y) = Data();
        SetRandomSeed(3);
        var model = Net();
        model.Fit(x, y, batchSize: 8, epochs: 2, verbose: 0);
        model.Save(path);
        SetRandomSeed(99);
        var other = LoadModel(path);
        other.Fit(x, y, batchSize: 8, epochs: 1, verbose: 0);
        var resumed = LoadModel(path, resume: true);
        resumed.Fit(x, y, batchSize: 8, epochs: 1, verbose: 0);
        Numbers(resumed.GetWeights()[0]).Should().NotEqual(Numbers(other.GetWeights()[0]));
    }

    [TestCase("lenet")]
    [TestCase("stack")]
    [TestCase("graph")]
    [TestCase("nested")]
    public void A_model_predicts_the_same_after_loading(string name)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("m.dkeras");
        var model = KerasModels.Make(name);
        model.Save(path);
        var copy = LoadModel(path);
        copy.GetType().Should().Be(model.GetType());
        copy.Optimizer.Should().BeNull("it was not compiled");
        copy.SummaryText().Should().Be(model.SummaryText());
        Tensor[] inputs = [.. model.Inputs.Select(i => Sample(ScalarType.Float32, [2, .. i.Shape.Skip(1).Select(e => e!.Value)]))];
        copy.Predict(inputs.ToList(), verbose: 0).Zip(model.Predict(inputs.ToList(), verbose: 0), (a, b) => Numbers(a).SequenceEqual(Numbers(b))).Should().NotContain(false);
    }

    [Test]
    public void What_Compile_was_given_comes_back()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("m.dkeras");
        var model = KerasModels.Graph();
        model.Compile(
            new Adam(new CosineDecay(0.1, 10), clipnorm: 1),
            loss: [new DeepKeras.Losses.BinaryCrossentropy(labelSmoothing: 0.1), "mse"],
            metrics: [new Metric[] { new BinaryAccuracy(threshold: 0.25) }, new[] { "mae" }],
            lossWeights: [1, 0.5]);
        model.Save(path);
        var copy = LoadModel(path);
        var adam = copy.Optimizer.Should().BeOfType<Adam>().Subject;
        adam.Clipnorm.Should().Be(1);
        adam.LearningRate.Schedule.Should().BeOfType<CosineDecay>();
        var compiled = copy.Compiled!;
        compiled.LossSpec!.PerOutput(copy)[0].Should().BeOfType<DeepKeras.Losses.BinaryCrossentropy>().Which.LabelSmoothing.Should().Be(0.1);
        compiled.LossSpec!.PerOutput(copy)[1].Should().BeOfType<DeepKeras.Losses.MeanSquaredError>();
        compiled.LossWeights!.PerOutput(copy).Should().Equal(1, 0.5);
        compiled.MetricsSpec!.PerOutput(copy)[0][0].Metric.Should().BeOfType<BinaryAccuracy>().Which.Threshold.Should().Be(0.25);
        compiled.MetricsSpec!.PerOutput(copy)[1][0].Name.Should().Be("mae");

        LoadModel(path, compile: false).Optimizer.Should().BeNull();
        model.Save(path, includeOptimizer: false);
        LoadModel(path).Optimizer.Should().BeNull();
    }

    [Test]
    public void What_Keras_compiled_is_read()
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(GoldenFile.Text("keras/lenet_compiled.json"))!;
        var model = Model.FromJson(json.ToJsonString());
        DeepKeras.Serialization.CompileConfig.Apply(model, json["compile_config"]!.AsObject());
        model.Optimizer.Should().BeOfType<Adam>().Which.LearningRate.Schedule.Should().BeOfType<CosineDecay>();
        model.Compiled!.LossSpec!.PerOutput(model)[0].Should().BeOfType<DeepKeras.Losses.CategoricalCrossentropy>().Which.LabelSmoothing.Should().Be(0.1);
        model.Compiled!.MetricsSpec!.PerOutput(model)[0][0].Name.Should().Be("accuracy");
    }

    [Test]
    public void State_of_a_layer_that_was_frozen_after_training_comes_back()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("m.dkeras");
        var (x, y) = Data();
        var model = Net();
        model.Fit(x, y, batchSize: 16, epochs: 1, verbose: 0);
        model.Layers[0].Trainable = false;
        model.Fit(x, y, batchSize: 16, epochs: 1, verbose: 0);
        model.Save(path);
        var copy = LoadModel(path);
        copy.Layers[0].Trainable.Should().BeFalse();
        State(copy).Should().BeEquivalentTo(State(model));

        static Dictionary<string, double[]> State(Model m) => m.Optimizer!.GetState().ToDictionary(s => s.Name, s => Numbers(s.Value));
    }

    [Test]
    public void A_seeded_dropout_goes_on_where_it_stood()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("m.dkeras");
        var model = new Sequential([Input(50), Dropout(0.5, seed: 4)]);
        var ones = torch.ones([1, 50]);
        _ = model.Call(ones, training: true);
        model.Save(path);
        var next = Numbers(model.Call(ones, training: true));
        Numbers(LoadModel(path).Call(ones, training: true)).Should().Equal(next);
    }

    [Test]
    public void Loading_leaves_the_random_numbers_of_the_process_alone()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("m.dkeras");
        KerasModels.Chain().Save(path);
        SetRandomSeed(5);
        var expected = Numbers(torch.rand(3));
        SetRandomSeed(5);
        _ = LoadModel(path, compile: false);
        Numbers(torch.rand(3)).Should().Equal(expected);
    }

    [Test]
    public void Code_in_a_model_or_its_loss_is_refused_and_nothing_is_written()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("m.dkeras");
        var x = Input(2);
        FluentActions.Invoking(() => new Model(x, Lambda(t => t, name: "code")(x)).Save(path)).Should().Throw<KerasException>().WithMessage("Lambda 'code'*, function: a value of type Func`2 is code*SaveWeights*");
        var model = KerasModels.Chain();
        Func<Tensor, Tensor, Tensor> loss = (a, b) => (a - b).abs().mean([-1L]);
        model.Compile("sgd", loss);
        FluentActions.Invoking(() => model.Save(path)).Should().Throw<KerasException>().WithMessage("*The loss of model 'chain' is a function*includeOptimizer: false*");
        model.Save(path, includeOptimizer: false);
        FluentActions.Invoking(() => model.Save(folder.File("m.onnx"))).Should().Throw<KerasException>().WithMessage("*the ending .onnx belongs to another format*.keras*");
        FluentActions.Invoking(() => new Sequential([new Dense(2)], "late").Save(path)).Should().Throw<KerasException>().WithMessage("*'late' has no weights yet*");
    }

    [Test]
    public void Files_of_other_kinds_are_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        FluentActions.Invoking(() => LoadModel(folder.File("no.dkeras"))).Should().Throw<KerasException>().WithMessage("The model file *no.dkeras does not exist*");
        Refuse(folder, "x.txt", Encoding.ASCII.GetBytes("hello"), "it is no zip archive*");
        Refuse(folder, "x.none", [], "it is no zip archive*");
        Refuse(folder, "x.zip", Zip(("readme.txt", "hi")), "it is a zip archive without metadata.json and config.json*");
        Refuse(folder, "x1", Zip(("metadata.json", "[1]"), ("config.json", "{}")), "metadata.json holds no object*");
        Refuse(folder, "x2", Zip(("metadata.json", "{"), ("config.json", "{}")), "metadata.json is not valid JSON*");
        Refuse(folder, "x3", Zip(("metadata.json", "{\"format\":\"other\"}"), ("config.json", "{}")), "its format is \"other\" where \"dkeras\" is expected*");
        Refuse(folder, "x4", Zip(("metadata.json", "{\"format\":\"dkeras\",\"format_version\":2}"), ("config.json", "{}")), "its format_version is 2 where 1 is expected; a newer DeepKeras may read it*");
        Refuse(folder, "x5", Zip(("metadata.json", "{\"format\":\"dkeras\",\"format_version\":1}"), ("config.json", "{}")), "metadata.json lacks the hashes*");
        KerasModels.Chain().SaveWeights(folder.File("w.safetensors"));
        Refuse(folder, "w.safetensors", File.ReadAllBytes(folder.File("w.safetensors")), "it is a safetensors file, which holds weights only*model.LoadWeights*");
    }

    [Test]
    public void Every_damage_is_noticed()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("m.dkeras");
        var model = Net();
        var (x, y) = Data();
        model.Fit(x, y, verbose: 0);
        model.Save(path);
        var whole = File.ReadAllBytes(path);
        foreach (var length in new[] { whole.Length / 4, whole.Length / 2, whole.Length - 1 }) Refuse(folder, "cut", whole[..length], "it is damaged*");
        for (var at = 60; at < whole.Length - 30; at += 997)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0x40;
            File.WriteAllBytes(folder.File("bit"), damaged);
            FluentActions.Invoking(() => LoadModel(folder.File("bit"))).Should().Throw<KerasException>("bit {0} was flipped", at);
        }
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Update)) zip.GetEntry("state.json")!.Delete();
        Refuse(folder, "m.dkeras", File.ReadAllBytes(path), "state.json is not in it*");
    }

    [Test]
    public void A_state_of_random_numbers_that_does_not_fit_is_refused()
    {
        var chain = KerasModels.Chain();
        FluentActions.Invoking(() => DeepKeras.Serialization.RandomState.Restore(chain, [], true, "f")).Should().Throw<KerasException>().WithMessage("f is no usable model file: state.json does not hold the state*");
        var json = DeepKeras.Serialization.RandomState.Write(chain);
        json["torch"] = Convert.ToBase64String(new byte[100]);
        FluentActions.Invoking(() => DeepKeras.Serialization.RandomState.Restore(chain, json, true, "f")).Should().Throw<KerasException>().WithMessage("*has 100 bytes where * are expected; it was saved with another libtorch*resume: false*");
    }

    private static Sequential Net()
    {
        ClearSession();
        var model = new Sequential(
            [
                Input((6, 6, 1)),
                Conv2D(3, 3, activation: "relu"),
                BatchNormalization(),
                Flatten(),
                Dropout(0.3),
                Dense(8, activation: "tanh"),
                GaussianNoise(0.1),
                Dropout(0.2, seed: 11),
                Dense(3, activation: "softmax"),
            ],
            "net");
        model.Compile(new Adam(0.01), "sparse_categorical_crossentropy", ["accuracy"]);
        return model;
    }

    private static (Tensor X, Tensor Y) Data() => (Sample(ScalarType.Float32, 44, 6, 6, 1), torch.arange(44, ScalarType.Int64).remainder(3));

    private static void Refuse(TemporaryFolder folder, string name, byte[] content, string problem)
    {
        var path = folder.File(name);
        File.WriteAllBytes(path, content);
        FluentActions.Invoking(() => LoadModel(path)).Should().Throw<KerasException>().WithMessage($"{path} is no usable model file: {problem}");
    }

    private static byte[] Zip(params (string Name, string Text)[] parts)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return stream.ToArray();
    }
}
