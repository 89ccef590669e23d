using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers.Convolutional;

/// <summary>How images lie in memory changes speed, never numbers.</summary>
[NonParallelizable]
public sealed class ImageMemoryTests
{
    private bool _preference;
    private ScalarType _floatType;
    private bool _fast;

    [SetUp]
    public void Remember()
    {
        (_preference, _floatType, _fast) = (ImageMemory.PrefersPlanes, FloatType, FastConvolution.IsOn);
        // It works pixel by pixel and takes the convolutions of these tests.
        FastConvolution.IsOn = false;
    }

    [TearDown]
    public void Restore() => (ImageMemory.PrefersPlanes, FloatType, FastConvolution.IsOn) = (_preference, _floatType, _fast);

    [Test]
    public void Planes_and_pixels_give_the_same_numbers_in_inference_and_training()
    {
        // Sums in another order round differently, and a pixel next to a kink changes sides; in double precision that is far below what a wrong axis would do.
        FloatType = ScalarType.Float64;
        using var scope = torch.NewDisposeScope();
        var (inPixels, inPlanes) = (Build(planes: false), Build(planes: true));
        inPlanes.GetLayer("large").Weights[0].Value.is_contiguous().Should().BeTrue();
        inPixels.GetLayer("large").Weights[0].Value.is_contiguous().Should().BeFalse();
        inPlanes.SetWeights(inPixels.GetWeights());

        var images = torch.rand(2, 96, 96, 3, ScalarType.Float64);
        var classes = torch.tensor(new long[] { 1, 2 });
        Difference(inPlanes.PredictOnBatch(images)[0], inPixels.PredictOnBatch(images)[0]).Should().BeLessThan(1e-10);
        foreach (var model in new[] { inPixels, inPlanes })
        {
            model.Compile("sgd", "sparse_categorical_crossentropy");
            _ = model.TrainOnBatch(images, classes);
        }
        foreach (var (a, b) in inPlanes.GetWeights().Zip(inPixels.GetWeights())) Difference(a, b).Should().BeLessThan(1e-10);
    }

    [Test]
    public void Only_large_convolutions_of_known_size_lie_in_planes()
    {
        ImageMemory.PrefersPlanes = true;
        foreach (var (shape, large) in new[] { (new Shape(224, 224, 64), true), (new Shape(14, 14, 64), false), (new Shape(null, null, 64), false) })
        {
            var layer = new Conv2D(64, 3, padding: "same");
            _ = layer.Apply(Input(shape));
            layer.Weights[0].Value.is_contiguous().Should().Be(large, $"{shape}");
        }
    }

    private static KerasTensor Large(KerasTensor x) => Conv2D(64, 3, padding: "same", name: "large")(x);

    private static Model Build(bool planes)
    {
        ImageMemory.PrefersPlanes = planes;
        var x = Input((96, 96, 3));
        var y = Conv2D(64, 3, padding: "same", activation: "relu")(x);
        y = Activation("relu")(BatchNormalization()(Large(y)));
        y = Concatenate()(y, MaxPooling2D(3, strides: 1, padding: "same")(y));
        y = Add()(Conv2D(16, 1)(y), Conv2D(16, 3, padding: "same")(y));
        y = AveragePooling2D(4)(ZeroPadding2D(2)(UpSampling2D(2)(MaxPooling2D(8)(y))));
        return new Model([x], [Dense(3, activation: "softmax")(Flatten()(y))]);
    }

    private static double Difference(Tensor a, Tensor b) => a.sub(b).abs().max().ToDouble();
}
