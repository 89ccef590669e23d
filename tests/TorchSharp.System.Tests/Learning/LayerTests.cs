using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests.Learning;

/// <summary>Each module does what its function does, with the weights it owns, and gives the shape it should.</summary>
public class LayerTests
{
    private static IEnumerable<TestCaseData> Shapes()
    {
        yield return Case("Linear", () => Linear(3, 4), [2, 3], [2, 4]);
        yield return Case("Conv1d", () => Conv1d(2, 3, 3, 2, 1), [1, 2, 7], [1, 3, 4]);
        yield return Case("Conv2d", () => Conv2d(2, 4, (3, 2), (2, 1), (1, 0), (1, 2), groups: 2), [1, 2, 6, 6], [1, 4, 3, 4]);
        yield return Case("Conv2d same", () => Conv2d(2, 4, 3, Padding.Same), [1, 2, 5, 5], [1, 4, 5, 5]);
        yield return Case("Conv2d reflect", () => Conv2d(2, 4, 3, 1, 1, padding_mode: PaddingModes.Reflect), [1, 2, 5, 5], [1, 4, 5, 5]);
        yield return Case("Conv2d same circular", () => Conv2d(2, 4, 4, Padding.Same, padding_mode: PaddingModes.Circular), [1, 2, 5, 5], [1, 4, 5, 5]);
        yield return Case("Conv3d", () => Conv3d(1, 2, 2), [1, 1, 3, 3, 3], [1, 2, 2, 2, 2]);
        yield return Case("ConvTranspose1d", () => ConvTranspose1d(2, 3, 3, 2), [1, 2, 4], [1, 3, 9]);
        yield return Case("ConvTranspose2d", () => ConvTranspose2d(2, 3, 3, 2, 1, 1), [1, 2, 4, 4], [1, 3, 8, 8]);
        yield return Case("BatchNorm1d", () => BatchNorm1d(3), [4, 3], [4, 3]);
        yield return Case("BatchNorm2d", () => BatchNorm2d(3), [2, 3, 4, 4], [2, 3, 4, 4]);
        yield return Case("InstanceNorm2d", () => InstanceNorm2d(3), [2, 3, 4, 4], [2, 3, 4, 4]);
        yield return Case("LayerNorm", () => LayerNorm([3, 4]), [2, 3, 4], [2, 3, 4]);
        yield return Case("GroupNorm", () => GroupNorm(2, 4), [2, 4, 3], [2, 4, 3]);
        yield return Case("LocalResponseNorm", () => LocalResponseNorm(2), [2, 4, 3], [2, 4, 3]);
        yield return Case("MaxPool2d", () => MaxPool2d(2), [1, 1, 5, 5], [1, 1, 2, 2]);
        yield return Case("MaxPool1d", () => MaxPool1d(2, 1), [1, 1, 5], [1, 1, 4]);
        yield return Case("AvgPool2d", () => AvgPool2d((2, 1), padding: (1, 0)), [1, 1, 4, 4], [1, 1, 3, 4]);
        yield return Case("AdaptiveAvgPool2d", () => AdaptiveAvgPool2d((2, 3)), [1, 1, 7, 7], [1, 1, 2, 3]);
        yield return Case("AdaptiveMaxPool2d", () => AdaptiveMaxPool2d([1, 1]), [1, 2, 7, 7], [1, 2, 1, 1]);
        yield return Case("Flatten", () => Flatten(), [2, 3, 4], [2, 12]);
        yield return Case("Unflatten", () => Unflatten(1, [2, 2]), [3, 4], [3, 2, 2]);
        yield return Case("ZeroPad2d", () => ZeroPad2d((1, 2, 3, 4)), [1, 1, 2, 2], [1, 1, 9, 5]);
        yield return Case("ReflectionPad2d", () => ReflectionPad2d(1), [1, 1, 3, 3], [1, 1, 5, 5]);
        yield return Case("ReplicationPad1d", () => ReplicationPad1d((2, 1)), [1, 1, 3], [1, 1, 6]);
        yield return Case("Upsample", () => Upsample(scale_factor: [2], mode: UpsampleMode.Bilinear), [1, 1, 3, 4], [1, 1, 6, 8]);
        yield return Case("PixelShuffle", () => PixelShuffle(2), [1, 4, 2, 2], [1, 1, 4, 4]);
        yield return Case("PReLU", () => PReLU(3), [2, 3], [2, 3]);
        yield return Case("Dropout", () => Dropout(), [2, 3], [2, 3]);
        yield return Case("Dropout2d", () => Dropout2d(), [1, 2, 3, 3], [1, 2, 3, 3]);
        foreach (var (name, make) in new (string, Func<Module<Tensor, Tensor>>)[]
        {
            ("ReLU", () => ReLU()), ("GELU", () => GELU()), ("SiLU", () => SiLU()), ("Mish", () => Mish()), ("Tanh", () => Tanh()), ("Sigmoid", () => Sigmoid()), ("Softmax", () => Softmax(1)),
            ("LogSoftmax", () => LogSoftmax(1)), ("LeakyReLU", () => LeakyReLU()), ("ELU", () => ELU()), ("SELU", () => SELU()), ("Softplus", () => Softplus()), ("Hardswish", () => Hardswish()),
            ("Identity", () => Identity()), ("ReLU6", () => ReLU6()), ("Softsign", () => Softsign()), ("LogSigmoid", () => LogSigmoid()),
        })
            yield return Case(name, make, [2, 3], [2, 3]);

        static TestCaseData Case(string name, Func<Module<Tensor, Tensor>> make, long[] input, long[] output) => new TestCaseData(make, input, output).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Shapes))]
    public void Gives_the_shape_and_a_gradient(Func<Module<Tensor, Tensor>> make, long[] input, long[] output)
    {
        using var scope = NewDisposeScope();
        var module = make();
        var x = randn(input, requires_grad: true);
        var y = module.call(x);
        y.shape.Should().Equal(output);
        y.square().sum().backward();
        x.grad!.shape.Should().Equal(input);
        module.parameters().All(p => !Equals(p.grad, null)).Should().BeTrue();
        module.state_dict().Values.All(tensor => !tensor.IsInvalid).Should().BeTrue();
        module.Dispose();
    }

    [Test]
    public void BatchNorm_keeps_running_statistics()
    {
        using var scope = NewDisposeScope();
        var norm = BatchNorm1d(2, 1e-5, 0.1);
        var x = tensor(new float[,] { { 0, 10 }, { 2, 30 } });
        norm.call(x).data<float>().ToArray().Select(v => MathF.Round(v, 2)).Should().Equal(-1, -1, 1, 1);
        norm.running_mean!.data<float>().ToArray().Should().Equal(0.1f, 2f);
        norm.running_var!.data<float>().ToArray()[0].Should().BeApproximately(0.9f + 0.1f * 2, 1e-6f);
        norm.num_batches_tracked!.item<long>().Should().Be(1);
        norm.state_dict().Keys.Should().BeEquivalentTo("weight", "bias", "running_mean", "running_var", "num_batches_tracked");
        norm.eval();
        norm.call(x);
        norm.num_batches_tracked!.item<long>().Should().Be(1);
        ((Action)(() => norm.call(ones(1, 2, 3, 4)))).Should().Throw<ArgumentException>().WithMessage("expected 2D or 3D input, but got 4D input.");
    }

    [Test]
    public void Recurrent_layers_run_both_ways_and_name_their_weights_as_PyTorch_does()
    {
        using var scope = NewDisposeScope();
        var lstm = LSTM(3, 4, 2, batchFirst: true, bidirectional: true);
        var (y, h, c) = lstm.call(randn(5, 7, 3));
        (y.shape, h.shape, c.shape).Should().BeEquivalentTo((new long[] { 5, 7, 8 }, new long[] { 4, 5, 4 }, new long[] { 4, 5, 4 }));
        lstm.named_parameters().Select(p => p.name).Should().StartWith(["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0", "weight_ih_l0_reverse"]).And.HaveCount(16);
        lstm.get_parameter("weight_ih_l1")!.shape.Should().Equal(16, 8);
        y.sum().backward();
        lstm.parameters().All(p => !Equals(p.grad, null)).Should().BeTrue();

        var gru = GRU(3, 4);
        var (g, hg) = gru.call(randn(7, 5, 3));
        (g.shape, hg.shape).Should().BeEquivalentTo((new long[] { 7, 5, 4 }, new long[] { 1, 5, 4 }));
        RNN(3, 4, nonLinearity: NonLinearities.ReLU).call(randn(7, 5, 3)).Item1.shape.Should().Equal(7, 5, 4);
        RNN(3, 4).call(randn(7, 3)).Item1.shape.Should().Equal(7, 4);
    }

    [Test]
    public void A_cell_is_one_step_of_its_layer()
    {
        using var scope = NewDisposeScope();
        var lstm = LSTM(3, 4);
        var cell = LSTMCell(3, 4);
        foreach (var name in new[] { "weight_ih", "weight_hh", "bias_ih", "bias_hh" })
        {
            using var still = no_grad();
            cell.get_parameter(name)!.copy_(lstm.get_parameter(name + "_l0")!);
        }

        var x = randn(1, 2, 3);
        var (_, h, c) = lstm.call(x);
        var (h1, c1) = cell.call(x[0]);
        h[0].allclose(h1, 1e-5, 1e-6).Should().BeTrue();
        c[0].allclose(c1, 1e-5, 1e-6).Should().BeTrue();
        GRUCell(3, 4).call(x[0]).shape.Should().Equal(2, 4);
    }

    [Test]
    public void Embeddings_look_up_and_leave_the_padding_alone()
    {
        using var scope = NewDisposeScope();
        var embedding = Embedding(5, 3, 0);
        var ids = tensor(new long[,] { { 1, 0 }, { 4, 1 } });
        var y = embedding.call(ids);
        y.shape.Should().Equal(2, 2, 3);
        y[0, 1].abs().sum().ToSingle().Should().Be(0);
        y.sum().backward();
        embedding.weight!.grad!.sum(1).data<float>().ToArray().Should().Equal(0, 6, 0, 0, 3);
        Embedding_from_pretrained(eye(4)).call(tensor(new[] { 2L })).data<float>().ToArray().Should().Equal(0, 0, 1, 0);
        EmbeddingBag(5, 3).call(ids).shape.Should().Equal(2, 3);
    }

    [Test]
    public void Losses_are_their_functions()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (randn(3, 4), randn(3, 4));
        var labels = tensor(new long[] { 0, 3, 1 });
        var probabilities = rand(3, 4);
        MSELoss().call(x, y).allclose(functional.mse_loss(x, y)).Should().BeTrue();
        L1Loss(Reduction.Sum).call(x, y).allclose((x - y).abs().sum(), 1e-5).Should().BeTrue();
        SmoothL1Loss().call(x, y).shape.Should().BeEmpty();
        HuberLoss(0.5, Reduction.None).call(x, y).shape.Should().Equal(3, 4);
        CrossEntropyLoss().call(x, labels).allclose(NLLLoss().call(x.log_softmax(1), labels), 1e-5).Should().BeTrue();
        BCEWithLogitsLoss().call(x, probabilities).allclose(BCELoss().call(x.sigmoid(), probabilities), 1e-4).Should().BeTrue();
        KLDivLoss(false, Reduction.Sum).call(x.log_softmax(1), y.softmax(1)).ToSingle().Should().BePositive();
        new CrossEntropyLoss(null, 3, Reduction.Mean, 0.1).call(x, labels).ToSingle().Should().BePositive();
        TripletMarginLoss().call(x, y, probabilities).ToSingle().Should().BePositive();
    }
}
