using DeepKeras.Layers;
using DeepKeras.Serialization;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Serialization;

/// <summary>A network that PyTorch 1.13 saved and ran (Golden/pytorch/make_state_dicts.py), built here from layers.</summary>
[TestFixture]
public sealed class StateDictNetTests
{
    private static readonly StateDictMap s_map = new(("sep/{part:*}", "sep_{part}"), ("{n:*}", "{n}"));
    private static readonly JsonElement s_golden = JsonDocument.Parse(GoldenFile.Text("pytorch/net.json")).RootElement;

    [SetUp]
    public void StartNaming() => ClearSession();

    [Test]
    public void The_outputs_are_PyTorchs()
    {
        using var scope = torch.NewDisposeScope();
        var model = Net();
        var report = model.LoadWeights(GoldenFile.Path("pytorch/net.pth"), s_map);
        report.IsComplete.Should().BeTrue();
        report.Loaded.Should().HaveCount(model.Weights.Count);
        Check(model);
    }

    [TestCase("x.pth")]
    [TestCase("x.pt")]
    [TestCase("x.safetensors")]
    public void What_is_written_is_the_state_dict_that_was_read(string name)
    {
        using var folder = new TemporaryFolder();
        using var scope = torch.NewDisposeScope();
        var model = Net();
        model.LoadWeights(GoldenFile.Path("pytorch/net.pth"), s_map);
        model.SaveWeights(folder.File(name), s_map);
        using var ours = WeightFile.Open(folder.File(name));
        using var theirs = WeightFile.Open(GoldenFile.Path("pytorch/net.pth"));
        ours.Entries.Select(e => (e.Name, e.Dtype)).Should().BeEquivalentTo(theirs.Entries.Select(e => (e.Name, e.Dtype)));
        foreach (var entry in theirs.Entries)
        {
            Numbers(ours.Read(entry.Name)).Should().Equal(Numbers(theirs.Read(entry.Name)), "of {0}", entry.Name);
            // A 1×1 convolution here is a linear layer there; every other shape is the same.
            if (entry.Name != "squeeze.weight") ours.Read(entry.Name).shape.Should().Equal(entry.Shape.ToArray(), "of {0}", entry.Name);
        }
        var copy = Net();
        copy.LoadWeights(folder.File(name), s_map);
        Check(copy);
    }

    [Test]
    public void Features_keep_their_order_through_nested_models_and_channels_first()
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        // Feature i of the three is numbered as PyTorch flattens: (c, h, w).
        var weight = Ramp(0, 1, 1, 24);
        PyTorchWriter.Save(folder.File("x.pth"), [("d.weight", weight), ("d.bias", torch.zeros(1))]);
        var images = Sample(ScalarType.Float32, 2, 2, 3, 4);
        var expected = images.permute(0, 3, 1, 2).flatten(1).mm(weight.t());
        var map = new StateDictMap(("d", "d"), ("top/d", "d"));

        Model plain = new Sequential([Input((2, 3, 4)), Dropout(0.5), Flatten(), Activation("linear"), Dense(1, name: "d")]);
        Model cut = new Sequential([Input((2, 3, 4)), new Sequential([Input((2, 3, 4)), Flatten()], "flat"), new Sequential([Input(24), Dropout(0.1), Dense(1, name: "d")], "top")]);
        Model reshaped = new Sequential([Input((2, 3, 4)), Reshape(24), Dense(1, name: "d")]);
        Model turned = new Sequential([Input((2, 3, 4)), Permute((3, 1, 2)), Flatten(), Dense(1, name: "d")]);
        foreach (var model in new[] { plain, cut, reshaped, turned })
        {
            model.LoadWeights(folder.File("x.pth"), map);
            Close(model.Call(images), expected);
        }

        var first = images.permute(0, 3, 1, 2).contiguous();
        Model asIs = new Sequential([Input((4, 2, 3)), MaxPooling2D(1, dataFormat: "channels_first"), Flatten(), Dense(1, name: "d")]);
        Model moved = new Sequential([Input((4, 2, 3)), Flatten("channels_first"), Dense(1, name: "d")]);
        foreach (var model in new[] { asIs, moved })
        {
            model.LoadWeights(folder.File("x.pth"), map);
            Close(model.Call(first), expected);
        }
    }

    [Test]
    public void Joined_branches_keep_the_order_of_each()
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        var weight = Sample(ScalarType.Float32, 2, 8 + 3 + 12);
        PyTorchWriter.Save(folder.File("x.pth"), [("d.weight", weight), ("d.bias", torch.zeros(2))]);
        KerasTensor a = Input((2, 2, 2)), b = Input(3), c = Input((1, 3, 4));
        var model = new Model([a, b, c], [Dense(2, name: "d")(Concatenate()(Flatten()(a), b, Flatten()(c)))]);
        model.LoadWeights(folder.File("x.pth"), new StateDictMap(("d", "d")));
        Tensor x = Sample(ScalarType.Float32, 5, 2, 2, 2), y = Sample(ScalarType.Float32, 5, 3), z = Sample(ScalarType.Float32, 5, 1, 3, 4);
        var joined = torch.cat([x.permute(0, 3, 1, 2).flatten(1), y, z.permute(0, 3, 1, 2).flatten(1)], 1);
        Close(model.Call([x, y, z]), joined.mm(weight.t()));
    }

    private static void Check(Model model)
    {
        var input = JsonFixture.Doubles(s_golden.GetProperty("input")).to(ScalarType.Float32);
        var output = model.Call(input);
        output.shape.Should().Equal(JsonFixture.Extents(s_golden.GetProperty("output").GetProperty("shape")));
        Close(output, JsonFixture.Numbers(s_golden.GetProperty("output").GetProperty("data")), 1e-5, 1e-5);
    }

    private static Sequential Net() =>
    [
        Input((7, 6, 2)),
        Conv2D(4, 3, padding: 1, useBias: false, name: "conv1"),
        BatchNormalization(epsilon: 1e-5, name: "bn1"),
        PReLU(sharedAxes: [1, 2], name: "slope"),
        DepthwiseConv2D(3, depthMultiplier: 2, name: "depthwise"),
        Conv2D(4, 1, groups: 2, activation: "relu", name: "grouped"),
        Conv2DTranspose(3, 2, strides: 2, name: "up"),
        GroupNormalization(1, epsilon: 1e-5, name: "norm"),
        SeparableConv2D(5, 3, name: "sep"),
        Conv2D(2, 1, name: "squeeze"),
        Flatten(),
        Dropout(0.5),
        BatchNormalization(epsilon: 1e-5, name: "bn2"),
        Dense(12, activation: "relu", name: "fc1"),
        Dense(12, activation: "relu", name: "decode"),
        Reshape((2, 2, 3)),
        Conv2D(1, 2, name: "last"),
        Flatten(),
    ];
}
