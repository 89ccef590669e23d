namespace DeepKeras.Tests.Operations;

public sealed class OpsTests
{
    private static Tensor Of(params long[] shape) => Sample(ScalarType.Float32, shape);

    [Test]
    public void Nothing_stays_alive_but_the_result()
    {
        var (images, kernel, pointwise, heads) = (Of(1, 5, 5, 2), Of(2, 2, 2, 2), Of(1, 1, 4, 3), Of(1, 3, 2, 4));
        var mask = torch.ones([3, 3], ScalarType.Bool);
        var (labels, logits, lengths, steps) = (Integers([1, 2], 1, 2), Of(1, 5, 4), Integers([2], 1), Integers([5], 1));
        Leaks.None(() =>
        {
            Ops.Conv(images, kernel, 2, "same", dilationRate: 2).Dispose();
            Ops.DepthwiseConv(images, kernel).Dispose();
            Ops.SeparableConv(images, kernel, pointwise).Dispose();
            Ops.ConvTranspose(images, kernel, 2, "same").Dispose();
            Ops.DotProductAttention(heads, heads, heads, mask: mask, isCausal: true).Dispose();
            var (mean, variance) = Ops.Moments(images, (0, 1));
            mean.Dispose();
            variance.Dispose();
            Ops.Normalize(images).Dispose();
            Ops.Psnr(images, images, 1).Dispose();
            Ops.CtcLoss(labels, logits, lengths, steps).Dispose();
        }, steps: 5);
    }

    [Test]
    public void Gradients_flow_through_them()
    {
        using var scope = torch.NewDisposeScope();
        var (x, kernel, query) = (Sample(ScalarType.Float64, 1, 6, 5, 2), Sample(ScalarType.Float64, 2, 2, 2, 3), Sample(ScalarType.Float64, 1, 3, 2, 4));
        Gradients.Check(() => Ops.Conv(x, kernel, (2, 1), "same", dilationRate: 2).pow(2).sum(), [x, kernel]);
        Gradients.Check(() => Ops.DotProductAttention(query, query, query, scale: 0.7, isCausal: true).pow(2).sum(), [query]);
        Gradients.Check(() => Ops.Normalize(x, axis: null).pow(3).sum() + Ops.Moments(x, (0, 1)).Variance.pow(2).sum(), [x]);
    }

    [Test]
    public void A_vector_of_zeros_has_a_gradient()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.zeros([2, 3]);
        x.requires_grad = true;
        Ops.Normalize(x).sum().backward();
        Close(x.grad!, [1e7, 1e7, 1e7, 1e7, 1e7, 1e7]);
    }

    [Test]
    public void Half_floats_are_averaged_in_float32()
    {
        using var scope = torch.NewDisposeScope();
        var (mean, variance) = Ops.Moments(torch.full([4], 300, ScalarType.Float16), 0);
        (mean.dtype, variance.dtype).Should().Be((ScalarType.Float16, ScalarType.Float16));
        (Number(mean), Number(variance)).Should().Be((300, 0));
        Number(Ops.Moments(Vector(-60000, 60000).to_type(ScalarType.Float16), 0).Variance).Should().Be(65504);
    }

    [Test]
    public void Shapes_are_those_of_the_results()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var padding in new[] { "valid", "same" })
        {
            var output = Ops.Conv(Of(2, 11, 9, 2), Of(3, 2, 2, 4), (2, 1), padding, dilationRate: (2, 3));
            Ops.ComputeConvOutputShape((null, 11, 9, 2), 4, (3, 2), (2, 1), padding, dilationRate: (2, 3)).Should().Equal([null, .. output.shape[1..]]);
        }
        Ops.ComputeConvOutputShape((null, 2, null), 4, 3, padding: "causal", dataFormat: "channels_first").Should().Equal(null, 4L, null);
        Ops.ComputeExpandDimsOutputShape((null, 3), 0).Should().Equal(1L, null, 3L);
        Ops.ComputeExpandDimsOutputShape((null, 3), -2).Should().Equal(null, 1L, 3L);
    }

    [Test]
    public void Refusals_say_what_does_not_fit()
    {
        Refused(() => Ops.Conv(Of(2, 3), Of(2, 3, 4)), "Ops.Conv: inputs must be a tensor of three axes (sequences), four (images) or five (volumes) but was (2, 3). *");
        Refused(() => Ops.Conv(Of(1, 5, 3), Of(2, 2, 3, 4)), "Ops.Conv: kernel must be a tensor of 3 axes, as inputs has, but was (2, 2, 3, 4). *");
        Refused(() => Ops.Conv(Of(1, 5, 3), Of(2, 2, 4)), "Ops.Conv: kernel must fit 3 channels of the input but was (2, 2, 4). *");
        Refused(() => Ops.Conv(Of(1, 5, 4), Of(2, 2, 3)), "Ops.Conv: kernel must fit 4 channels of the input but was (2, 2, 3). *");
        Refused(() => Ops.Conv(Of(1, 5, 2), Of(3, 2, 4), dilationRate: 3), "Ops.Conv expects extents of at least (7,) but received (5,). Use padding: \"same\"*");
        Refused(() => Ops.Conv(Of(1, 5, 2), Of(3, 2, 4), strides: (1, 2)), "Ops.Conv: strides must be one number of at least 1, or 1 of them, but was (1, 2). *");
        Refused(() => Ops.Conv(Of(1, 5, 2), Of(3, 2, 4), strides: 0), "Ops.Conv: strides must be one number of at least 1*but was (0,). *");
        Refused(() => Ops.Conv(Of(1, 5, 2), Of(3, 2, 4), padding: 1), "Ops.Conv: padding must be \"valid\" or \"same\" but was (1, 1). Pad the input first*");
        Refused(() => Ops.DepthwiseConv(Of(1, 5, 2), Of(3, 1, 4)), "Ops.DepthwiseConv: kernel must fit 2 channels of the input but was (3, 1, 4). *");
        Refused(() => Ops.ConvTranspose(Of(1, 5, 2), Of(3, 2, 4)), "Ops.ConvTranspose: kernel must fit 2 channels of the input but was (3, 2, 4). *out before in for a transpose*");
        Refused(() => Ops.ConvTranspose(Of(1, 5, 2), Of(3, 4, 2), strides: 2, outputPadding: 2), "Ops.ConvTranspose: outputPadding must be below the strides but was (2,). *");
        Refused(() => Ops.ComputeConvOutputShape((2, 3), 4, 3), "Ops.ComputeConvOutputShape: inputShape must be of three axes*but was (2, 3). *");
        Refused(() => Ops.ComputeExpandDimsOutputShape((2, 3), 3), "Ops.ComputeExpandDimsOutputShape: axis must be between -3 and 2 but was 3. The shape is (2, 3).");
        Refused(() => Ops.Moments(Of(2, 3), 2), "Ops.Moments: axis must be between -2 and 1 but was 2. The tensor is (2, 3).");
        Refused(() => Ops.Moments(Of(2, 3), 0, synchronized: true), "Ops.Moments: synchronized must be false but was True. *");
        Refused(() => Ops.Normalize(Of(2, 3), 0, order: 0), "Ops.Normalize: order must be a whole number of at least 1 but was 0. *");
        Refused(() => Ops.Normalize(Of(2, 3), (0, 1), order: 3), "Ops.Normalize: order must be 2 over several axes but was 3. *");
        Refused(() => Ops.Psnr(Of(2, 3), Of(2, 2), 1), "Ops.Psnr: x2 must be of the shape of x1, (2, 3), but was (2, 2). *");
        Refused(() => Ops.CtcLoss(Of(2, 3), Of(2, 3), Of(2), Of(2)), "Ops.CtcLoss: output must be a tensor of 3 axes but was (2, 3). *");
        Refused(() => Ops.CtcLoss(Of(2, 3), Of(2, 5, 4), Of(2), Of(1)), "Ops.CtcLoss: outputLength must be a tensor of 2 rows, as output has, but was (1,). *");
    }

    [Test]
    public void Attention_refuses_what_does_not_fit()
    {
        var heads = Of(2, 3, 4, 5);
        Refused(() => Ops.DotProductAttention(Of(2, 3, 5), heads, heads), "Ops.DotProductAttention: query must be a tensor of 4 axes but was (2, 3, 5). *");
        Refused(() => Ops.DotProductAttention(heads, heads, heads, bias: Of(1), mask: Of(1)), "Ops.DotProductAttention: bias must be left out where there is a mask*");
        Refused(() => Ops.DotProductAttention(heads, Of(2, 3, 4, 6), heads), "Ops.DotProductAttention: key must be of 5 features, as query has, but was (2, 3, 4, 6). *");
        Refused(() => Ops.DotProductAttention(heads, heads, Of(2, 2, 4, 5)), "Ops.DotProductAttention: value must be of as many steps and heads as key, (2, 3, 4, 5), but was (2, 2, 4, 5). *");
        Refused(() => Ops.DotProductAttention(heads, Of(2, 3, 3, 5), Of(2, 3, 3, 5)), "Ops.DotProductAttention: key must be of a number of heads that divides those of query, 4, but was (2, 3, 3, 5). *");
        Refused(() => Ops.DotProductAttention(heads, heads, heads, flashAttention: true), "Ops.DotProductAttention: flashAttention: true expects floats of 16 bits on a CUDA device*but the query is on cpu. Leave flashAttention out*");
    }

    private static void Refused(Action action, string message) => FluentActions.Invoking(action).Should().Throw<KerasException>().WithMessage(message);
}
