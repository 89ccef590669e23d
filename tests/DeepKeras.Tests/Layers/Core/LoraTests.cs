using DeepKeras.Constraints;
using DeepKeras.Layers;
using DeepKeras.Serialization;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

public sealed class LoraTests
{
    [SetUp]
    public void Start()
    {
        ClearSession();
        SetRandomSeed(3);
    }

    private static Sequential Network(long? rank = null) => [new Embedding(5, 4, loraRank: rank, loraAlpha: 2 * rank, inputShape: 3), new EinsumDense("abc,cd->abd", (null, 3), biasAxes: "d", loraRank: rank), new Flatten(), new Dense(2, loraRank: rank)];

    private static (Tensor X, Tensor Y) Data() => (Integers([0, 1, 2, 3, 4, 0, 1, 3, 2, 4, 4, 1], 4, 3), Sample(ScalarType.Float32, 4, 2));

    [Test]
    public void Switching_it_on_changes_nothing_yet_and_training_leaves_the_kernels_alone()
    {
        using var scope = torch.NewDisposeScope();
        var (x, y) = Data();
        var model = Network();
        model.Compile(new Adam(0.05), "mse");
        _ = model.TrainOnBatch(x, y);
        var before = model.PredictOnBatch(x).Single.clone();
        var (embedding, dense) = ((Embedding)model.Layers[0], (Dense)model.Layers[3]);
        embedding.EnableLora(2, loraAlpha: 4);
        dense.EnableLora(1);
        Same(model.PredictOnBatch(x).Single, before).Should().BeTrue();
        (dense.LoraRank, dense.LoraAlpha, embedding.LoraAlpha).Should().Be((1, 1.0, 4.0));
        var kernels = (embedding.Weights[0].ToTensor(), dense.Weights[0].ToTensor());
        var loss = model.TestOnBatch(x, y).Loss;
        for (var i = 0; i < 20; i++) _ = model.TrainOnBatch(x, y);
        model.TestOnBatch(x, y).Loss.Should().BeLessThan(loss);
        (Same(embedding.Weights[0].ToTensor(), kernels.Item1), Same(dense.Weights[0].ToTensor(), kernels.Item2)).Should().Be((true, true));
        Numbers(dense.Weights[3].ToTensor()).Should().OnlyContain(v => v != 0);
    }

    [Test]
    public void The_constructor_switches_it_on_where_the_layer_is_built()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new Dense(6, loraRank: 3, loraAlpha: 6);
        _ = layer.Call(torch.ones(2, 4));
        layer.Weights.Select(w => $"{w.Name} {w.Shape}").Should().Equal("kernel (4, 6)", "bias (6,)", "lora_kernel_a (4, 3)", "lora_kernel_b (3, 6)");
        layer.TrainableWeights.Should().HaveCount(3);
        layer.Weights[2].Initializer.Should().BeOfType<DeepKeras.Initializers.HeUniform>();
        Numbers(layer.Weights[3].ToTensor()).Should().OnlyContain(v => v == 0);
        var json = ObjectConfig.Write(layer)["config"]!;
        (json["lora_rank"]!.GetValue<long>(), json["lora_alpha"]!.GetValue<double>()).Should().Be((3, 6));
        ObjectConfig.Write(new Dense(6))["config"]!.AsObject().ContainsKey("lora_rank").Should().BeFalse();
    }

    [TestCase("m.keras")]
    [TestCase("w.weights.h5")]
    public void Keras_s_files_hold_the_sum(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        var (x, y) = Data();
        var model = Trained(x, y);
        var expected = model.PredictOnBatch(x).Single.clone();
        if (name == "m.keras")
        {
            model.Save(folder.File(name));
            var loaded = LoadModel(folder.File(name), compile: false);
            Close(loaded.PredictOnBatch(x).Single, expected, 1e-6);
            Numbers(loaded.Layers[3].Weights[3].ToTensor()).Should().OnlyContain(v => v == 0);
            return;
        }
        model.SaveWeights(folder.File(name));
        ClearSession();
        var plain = Network();
        _ = plain.LoadWeights(folder.File(name));
        Close(plain.PredictOnBatch(x).Single, expected, 1e-6);
        // Into the model itself, whose change must not count twice.
        _ = model.LoadWeights(folder.File(name));
        Close(model.PredictOnBatch(x).Single, expected, 1e-6);
    }

    [TestCase("m.dkeras")]
    [TestCase("w.safetensors")]
    public void Own_files_hold_the_parts(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        var (x, y) = Data();
        var model = Trained(x, y);
        ClearSession();
        var again = Network(2);
        if (name == "m.dkeras")
        {
            model.Save(folder.File(name));
            again = (Sequential)LoadModel(folder.File(name));
        }
        else
        {
            model.SaveWeights(folder.File(name));
            _ = again.LoadWeights(folder.File(name));
        }
        model.Weights.Zip(again.Weights).Should().OnlyContain(p => Same(p.First.ToTensor(), p.Second.ToTensor()));
        if (name != "m.dkeras") return;
        _ = model.TrainOnBatch(x, y);
        _ = again.TrainOnBatch(x, y);
        model.Weights.Zip(again.Weights).Should().OnlyContain(p => Same(p.First.ToTensor(), p.Second.ToTensor()));
    }

    [Test]
    public void PyTorch_files_hold_the_sum()
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        Sequential model = [new Dense(2, loraRank: 1, inputShape: 3, name: "head")];
        model.Layers[0].Weights[3].Assign(torch.ones(1, 2));
        var map = new StateDictMap(("head", "fc"));
        model.SaveWeights(folder.File("w.pth"), map);
        Sequential plain = [new Dense(2, inputShape: 3, name: "head")];
        _ = plain.LoadWeights(folder.File("w.pth"), map);
        var x = Sample(ScalarType.Float32, 4, 3);
        Close(plain.PredictOnBatch(x).Single, model.PredictOnBatch(x).Single, 1e-6);
    }

    [Test]
    public void It_can_be_switched_on_behind_a_folded_normalization_and_in_mixed_precision()
    {
        using var scope = torch.NewDisposeScope();
        var x = Sample(ScalarType.Float32, 64, 3);
        Sequential folded = [new Dense(2, inputShape: 3), new BatchNormalization()];
        _ = folded.PredictOnBatch(x);
        var dense = (Dense)folded.Layers[0];
        dense.EnableLora(1);
        dense.Weights[3].Assign(torch.ones(1, 2));
        Close(folded.PredictOnBatch(x).Single, folded.Layers[1].Call(dense.Call(x)), 1e-6);
        var mixed = new Dense(2, inputShape: 3) { DtypePolicy = "mixed_bfloat16" };
        Sequential narrow = [mixed];
        _ = narrow.PredictOnBatch(x);
        mixed.EnableLora(1);
        mixed.Weights[3].Assign(torch.ones(1, 2));
        Close(narrow.PredictOnBatch(x).Single.to_type(ScalarType.Float32), mixed.Call(x), 0.05);
    }

    [Test]
    public void Refusals_say_why()
    {
        using var scope = torch.NewDisposeScope();
        Refused(() => new Dense(2).EnableLora(1), "Dense 'dense*' has no weights yet*");
        Refused(() => new Dense(2, loraRank: 0), "Dense 'dense*': loraRank must be a positive number but was 0. *");
        Refused(() => new EinsumDense("ab,bc->ac", 3, loraRank: 0), "EinsumDense *: loraRank must be a positive number but was 0. *");
        Refused(() => new Embedding(2, 3, loraRank: 0), "Embedding *: loraRank must be a positive number but was 0. *");
        var layer = new Dense(2, kernelConstraint: new MaxNorm());
        _ = layer.Call(torch.ones(1, 3));
        Refused(() => layer.EnableLora(1), "Dense 'dense*' expects a kernel without constraint for low-rank adaptation but its kernel has a MaxNorm*Create the layer without it.");
        var twice = new Embedding(4, 2, loraRank: 1);
        _ = twice.Call(Integers([1], 1));
        Refused(() => twice.EnableLora(1), "Embedding 'embedding*' expects to be adapted once but its embeddings has low-rank matrices already. *");
        var plain = new Dense(2);
        _ = plain.Call(torch.ones(1, 3));
        Refused(() => plain.EnableLora(0), "Dense 'dense*': rank must be a positive number but was 0. *");
    }

    private static Sequential Trained(Tensor x, Tensor y)
    {
        var model = Network(2);
        model.Compile(new Adam(0.05), "mse");
        for (var i = 0; i < 5; i++) _ = model.TrainOnBatch(x, y);
        return model;
    }

    private static void Refused(Action action, string message) => FluentActions.Invoking(action).Should().Throw<KerasException>().WithMessage(message);
}
