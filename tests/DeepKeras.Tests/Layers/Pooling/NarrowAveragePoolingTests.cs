using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers;

/// <summary>The short way for few channels gives what torch's kernel gives, forward and gradient.</summary>
[TestFixture]
public sealed class NarrowAveragePoolingTests
{
    [TestCase(33, 32, 16, 1)]
    [TestCase(32, 28, 10, 6)]
    [TestCase(700, 2, 2, 15)]
    public void Equals_the_kernel_of_torch(int count, int height, int width, int channels)
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.randn([count, height, width, channels]).requires_grad_(true);
        var weights = torch.randn([count, height / 2, width / 2, channels]);
        var native = images.permute(0, 3, 1, 2);
        NarrowAveragePooling.Fits(native, native.shape, [2, 2], [2, 2], [0, 0]).Should().BeTrue();

        var ours = new AveragePooling2D().Call(images);
        var theirs = torch.nn.functional.avg_pool2d(native, [2, 2], [2, 2]).permute(0, 2, 3, 1);

        Close(ours, theirs, 1e-6);
        Close(Gradient(ours), Gradient(theirs), 1e-6);

        Tensor Gradient(Tensor pooled) => torch.autograd.grad([pooled.mul(weights).sum()], [images])[0];
    }

    [TestCase(new long[] { 999, 6, 5, 4 }, new long[] { 2, 2 }, new long[] { 2, 2 }, new long[] { 0, 0 }, TestName = "{m}: a last row is left over")]
    [TestCase(new long[] { 999, 16, 4, 4 }, new long[] { 2, 2 }, new long[] { 2, 2 }, new long[] { 0, 0 }, TestName = "{m}: enough channels for a vector")]
    [TestCase(new long[] { 999, 6, 4, 4 }, new long[] { 2, 2 }, new long[] { 1, 1 }, new long[] { 0, 0 }, TestName = "{m}: windows overlap")]
    [TestCase(new long[] { 999, 6, 4, 4 }, new long[] { 2, 2 }, new long[] { 2, 2 }, new long[] { 1, 1 }, TestName = "{m}: there is padding")]
    [TestCase(new long[] { 999, 6, 6, 6 }, new long[] { 3, 3 }, new long[] { 2, 2 }, new long[] { 0, 0 }, TestName = "{m}: another window")]
    [TestCase(new long[] { 1, 6, 28, 28 }, new long[] { 2, 2 }, new long[] { 2, 2 }, new long[] { 0, 0 }, TestName = "{m}: a single image")]
    public void Is_not_taken_where(long[] shape, long[] size, long[] strides, long[] padding)
    {
        using var images = torch.zeros(shape);
        NarrowAveragePooling.Fits(images, shape, size, strides, padding).Should().BeFalse();
    }
}
