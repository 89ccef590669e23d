using DeepKeras.Layers;
using DeepKeras.Serialization;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Serialization;

[TestFixture]
public sealed class StateDictMapTests
{
    private static readonly StateDictMap s_same = new(("{n:*}", "{n}"));

    [SetUp]
    public void StartNaming() => ClearSession();

    [TestCase("conv1_conv", "conv1")]
    [TestCase("conv2_block1_0_conv", "layer1.0.downsample.0")]
    [TestCase("conv2_block1_2_conv", "layer1.0.conv2")]
    [TestCase("conv5_block13_1_bn", "layer4.12.bn1")]
    [TestCase("mixed_c", "blocks.5")]
    [TestCase("inner/deep/conv1", "inner.deep.conv1")]
    [TestCase("inner/conv1", null)]
    [TestCase("predictions", "fc")]
    [TestCase("predictions2", null)]
    [TestCase("aux", "")]
    [TestCase("conv0_block1_2_conv", null)]
    [TestCase("conv2_blocka_2_conv", null)]
    [TestCase("a.b", "dot")]
    [TestCase("aXb", null)]
    [TestCase("conv99999999999_block1_2_conv", null)]
    public void The_first_rule_that_matches_gives_the_key(string layer, string? key)
    {
        var map = new StateDictMap(
            ("conv1_conv", "conv1"),
            ("conv{s}_block{b}_0_conv", "layer{s-1}.{b-1}.downsample.0"),
            ("conv{s}_block{b}_{k}_conv", "layer{s-1}.{b-1}.conv{k}"),
            ("conv{s}_block{b}_{k}_bn", "layer{s-1}.{b-1}.bn{k}"),
            ("mixed_{b:a}", "blocks.{b+2}"),
            ("inner/{m:*}/{n:*}", "inner.{m}.{n}"),
            ("predictions", "fc"),
            ("aux", ""),
            ("a.b", "dot"));
        map.KeyOf(layer).Should().Be(key);
        map.Rules.Should().HaveCount(9);
        map.Ignore.Should().BeEmpty();
    }

    [TestCase("conv{s", "x", "a brace opens that is not closed")]
    [TestCase("conv}", "x", "a brace closes that was not opened")]
    [TestCase("conv{}", "x", "'{}' is no placeholder of the left side")]
    [TestCase("conv{s:b}", "x", "'{s:b}' is no placeholder of the left side")]
    [TestCase("conv{s-1}", "x", "'{s-1}' is no placeholder of the left side")]
    [TestCase("conv{s}_{s}", "x", "the placeholder 's' stands twice on the left side")]
    [TestCase("conv{s}", "x{t}", "'{t}' of the right side does not stand on the left")]
    [TestCase("conv{s}", "x{s-}", "'{s-}' has no whole number behind its sign")]
    [TestCase("conv{n:*}", "x{n-1}", "'{n-1}' adds a number to a word")]
    public void Rules_that_cannot_be_used_are_refused(string layer, string key, string problem) =>
        FluentActions.Invoking(() => new StateDictMap((layer, key))).Should().Throw<KerasException>()
            .WithMessage($"The rule (\"{layer}\", \"{key}\") of the StateDictMap cannot be used: {problem}. On the left write *");

    [Test]
    public void Every_difference_is_named_in_the_words_of_the_file_and_nothing_is_changed()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("w.pth");
        PyTorchWriter.Save(path,
        [
            ("net.a.weight", torch.ones(3, 4)), ("net.a.bias", torch.ones(3)), ("net.b.weight", torch.ones(3, 2)), ("net.c.weight", torch.ones(1, 3, 5, 5)),
            ("net.bn.num_batches_tracked", torch.zeros([], ScalarType.Int64)), ("aux.fc.weight", torch.ones(1)),
        ]);
        var model = new Sequential([Input(4), Dense(3, name: "a"), Dense(3, name: "b"), Dense(2, name: "rest_1"), Dense(2, name: "left_out")], "net");
        var before = model.GetWeights().Select(t => Numbers(t)).ToArray();
        var map = new StateDictMap([("{n:a}", "net.{n}"), ("a", "net.a"), ("b", "net.b"), ("left_out", "")], ["aux.*"]);
        // {n:a} gives numbers: a is 1, b is 2; it is there to see that the order counts.
        FluentActions.Invoking(() => model.LoadWeights(path, map)).Should().Throw<KerasException>().WithMessage("*net.1.weight (3, 4): not in the file*");
        map = new StateDictMap([("a", "net.a"), ("b", "net.b"), ("left_out", "")], ["aux.*"]);
        FluentActions.Invoking(() => model.LoadWeights(path, map)).Should().Throw<KerasException>().WithMessage(
            $"The state dict in {path} does not fit model 'net'; nothing was changed. 2 of 4 keys fit:\n" +
            "  layer 'rest_1': no rule of the map matches it\n" +
            "  net.b.weight: the model has (3, 3), the file (3, 2)\n" +
            "  net.b.bias (3,): not in the file\n" +
            "  net.c.weight (1, 3, 5, 5): not in the model\nCorrect the StateDictMap *skipMismatch: true loads what fits.");
        model.GetWeights().Select(t => Numbers(t)).Should().BeEquivalentTo(before, o => o.WithStrictOrdering());
        var report = model.LoadWeights(path, map, skipMismatch: true);
        report.Loaded.Should().Equal("net.a.weight", "net.a.bias");
        report.Unmatched.Should().Equal("rest_1");
        report.IsComplete.Should().BeFalse();
        Numbers(model.GetWeights()[0]).Should().OnlyContain(v => v == 1);
        Numbers(model.GetWeights()[2]).Should().Equal(before[2]);
    }

    [Test]
    public void Saving_needs_a_key_for_every_layer_and_a_known_ending()
    {
        using var folder = new TemporaryFolder();
        var model = new Sequential([Input(4), Dense(3, name: "a"), Dense(3, name: "b")], "net");
        FluentActions.Invoking(() => model.SaveWeights(folder.File("w.pth"), new StateDictMap(("a", "x")))).Should().Throw<KerasException>().WithMessage("The StateDictMap has no rule for 1 layers of model 'net': 'b'. Add rules *");
        FluentActions.Invoking(() => model.SaveWeights(folder.File("w.pth"), new StateDictMap(("{n:*}", "x")))).Should().Throw<KerasException>().WithMessage("The StateDictMap gives the key 'x.weight' to two weights, a/kernel and b/kernel. *");
        FluentActions.Invoking(() => model.SaveWeights(folder.File("w.h5"), s_same)).Should().Throw<KerasException>().WithMessage("*a state dict is written to .pth, .pt or .safetensors, not to '.h5'*");
        FluentActions.Invoking(() => new Sequential([new Dense(2)], "late").SaveWeights(folder.File("w.pth"), s_same)).Should().Throw<KerasException>().WithMessage("*'late' has no weights yet*");
        Directory.GetFiles(folder.Path).Should().BeEmpty();
    }

    [Test]
    public void Without_a_map_the_error_asks_for_one()
    {
        using var folder = new TemporaryFolder();
        var model = new Sequential([Input(4), Dense(3, name: "a")]);
        FluentActions.Invoking(() => model.LoadWeights(GoldenFile.Path("pytorch/net.pth"))).Should().Throw<KerasException>().WithMessage("*net.pth: a PyTorch file has keys of its own*Pass a StateDictMap*");
        FluentActions.Invoking(() => model.SaveWeights(folder.File("x.pth"))).Should().Throw<KerasException>().WithMessage("*x.pth: a PyTorch file has keys of its own*Pass a StateDictMap*");
    }

    [Test]
    public void Nested_models_and_TorchSharp_modules_have_paths()
    {
        using var folder = new TemporaryFolder();
        var inner = new Sequential([Input(3), Dense(4, name: "fc")], "encoder");
        var model = new Sequential([Input(3), inner, new TorchModule(torch.nn.Linear(4, 2), name: "head")]);
        var map = new StateDictMap(("encoder/{n:*}", "encoder.{n}"), ("head", "head"));
        model.SaveWeights(folder.File("x.pt"), map);
        using var file = WeightFile.Open(folder.File("x.pt"));
        file.Entries.Select(e => $"{e.Name} {e.Shape}").Should().Equal("encoder.fc.weight (4, 3)", "encoder.fc.bias (4,)", "head.weight (2, 4)", "head.bias (2,)");
        model.LoadWeights(folder.File("x.pt"), map).IsComplete.Should().BeTrue();
    }

    [Test]
    public void Features_of_sequences_and_volumes_stand_in_the_order_of_PyTorch()
    {
        using var folder = new TemporaryFolder();
        using var scope = torch.NewDisposeScope();
        var sequences = Sample(ScalarType.Float32, 2, 7, 3);
        var volumes = Sample(ScalarType.Float32, 2, 3, 4, 3, 2);
        var first = new Sequential([Input((7, 3)), Conv1D(4, 3, name: "c"), DepthwiseConv1D(2, depthMultiplier: 2, name: "w"), MaxPooling1D(2), Flatten(), Dense(5, name: "d")]);
        var second = new Sequential([Input((3, 4, 3, 2)), Conv3D(3, 2, name: "c"), Flatten(), Dense(5, name: "d")]);
        first.SaveWeights(folder.File("a.safetensors"), s_same);
        second.SaveWeights(folder.File("b.safetensors"), s_same);

        using var a = WeightFile.Open(folder.File("a.safetensors"));
        var x = torch.nn.functional.conv1d(sequences.permute(0, 2, 1), a.Read("c.weight"), a.Read("c.bias"));
        x = torch.nn.functional.max_pool1d(torch.nn.functional.conv1d(x, a.Read("w.weight"), a.Read("w.bias"), 1, 0, 1, 4), 2);
        Close(first.PredictOnBatch(sequences).Single, torch.nn.functional.linear(x.flatten(1), a.Read("d.weight"), a.Read("d.bias")), 1e-5, 1e-5);
        using var b = WeightFile.Open(folder.File("b.safetensors"));
        x = torch.nn.functional.conv3d(volumes.permute(0, 4, 1, 2, 3), b.Read("c.weight"), b.Read("c.bias"));
        Close(second.PredictOnBatch(volumes).Single, torch.nn.functional.linear(x.flatten(1), b.Read("d.weight"), b.Read("d.bias")), 1e-5, 1e-5);

        var expected = first.PredictOnBatch(sequences).Single;
        first.SetWeights([.. first.GetWeights().Select(w => torch.zeros_like(w))]);
        _ = first.LoadWeights(folder.File("a.safetensors"), s_same);
        Close(first.PredictOnBatch(sequences).Single, expected, 0, 0);
    }

    [Test]
    public void Loading_and_saving_leave_no_tensor_behind()
    {
        using var folder = new TemporaryFolder();
        var model = new Sequential([Input((4, 4, 2)), Conv2D(3, 3, name: "c"), BatchNormalization(name: "n"), Flatten(), Dense(2, name: "d")]);
        Leaks.None(
            () =>
            {
                model.SaveWeights(folder.File("x.pth"), s_same);
                model.LoadWeights(folder.File("x.pth"), s_same);
            },
            5);
    }
}
