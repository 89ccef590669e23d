using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers;

[TestFixture]
public sealed class SlidingWindowTests
{
    // Keras's own table for compute_conv_output_shape and compute_pooling_output_shape, one axis at a time.
    [TestCase(20, 4, 1, 1, "valid", 17)]
    [TestCase(20, 4, 2, 2, "valid", 7)]
    [TestCase(10, 2, 1, 1, "same", 10)]
    [TestCase(10, 2, 2, 2, "valid", 4)]
    [TestCase(8, 3, 1, 2, "valid", 4)]
    [TestCase(8, 3, 2, 1, "same", 4)]
    [TestCase(10, 2, 2, 1, "same", 5)]
    [TestCase(8, 2, 1, 1, "valid", 7)]
    [TestCase(2, 3, 1, 1, "valid", 0)]
    public void Positions_follow_Keras(long extent, long size, long stride, long dilation, string padding, long expected) =>
        new SlidingWindow(size, stride, dilation, ((Padding)padding).Mode, 0).Positions(extent).Should().Be(expected);

    [Test]
    public void An_unknown_extent_stays_unknown() => new SlidingWindow(3, 2, 1, PaddingMode.Same, 0).Positions(null).Should().BeNull();

    // ResNet's first convolution (224, kernel 7, stride 2) pads 2 before and 3 after.
    [TestCase(224, 7, 2, 5)]
    [TestCase(5, 3, 1, 2)]
    [TestCase(6, 2, 2, 0)]
    [TestCase(5, 2, 2, 1)]
    [TestCase(8, 1, 3, 0)]
    public void Same_pads_as_TensorFlow(long extent, long size, long stride, long expected) =>
        new SlidingWindow(size, stride, 1, PaddingMode.Same, 0).SameTotal(extent).Should().Be(expected);
}
