using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers;

/// <summary>Every message of the convolutions and poolings: where, expected and received, the fix.</summary>
[TestFixture]
public sealed class ConvolutionErrorTests
{
    private static IEnumerable<TestCaseData> Arguments()
    {
        yield return Case(() => new Conv2D(0, 3, name: "c"), "Conv2D 'c'", "filters must be a positive number but was 0", "Give the number of output channels");
        yield return Case(() => new Conv2D(4, (3, 0), name: "c"), "Conv2D 'c'", "kernelSize must be positive in both directions but was (3, 0)", "Write for example kernelSize: 3");
        yield return Case(() => new Conv2D(4, 3, 0), "Conv2D", "strides must be positive in both directions but was (0, 0)", "strides: 1");
        yield return Case(() => new Conv2D(4, 3, dilationRate: -1), "Conv2D", "dilationRate must be positive in both directions but was (-1, -1)", "dilationRate: 1");
        yield return Case(() => new Conv2D(4, 3, padding: -2), "Conv2D", "padding must be \"valid\", \"same\" or a number of cells of at least 0 but was (-2, -2)", "Use Cropping2D");
        yield return Case(() => new Conv2D(4, 3, 2, dilationRate: 2), "Conv2D", "dilationRate must be 1 where strides are (2, 2) but was (2, 2)", "Use one of the two");
        yield return Case(() => new Conv2D(4, 3, groups: 0), "Conv2D", "groups must be a positive number but was 0", "Use 1");
        yield return Case(() => new Conv2D(5, 3, groups: 2), "Conv2D", "filters must be a multiple of groups = 2 but was 5", "Use filters: 6");
        yield return Case(() => new DepthwiseConv2D(3, depthMultiplier: 0), "DepthwiseConv2D", "depthMultiplier must be a positive number but was 0", "Give the number of outputs per channel");
        yield return Case(() => new SeparableConv2D(0, 3), "SeparableConv2D", "filters must be a positive number but was 0", "Give the number of output channels");
        yield return Case(() => new SeparableConv2D(3, 3, depthMultiplier: 0), "SeparableConv2D", "depthMultiplier must be a positive number but was 0", "Give the number of depthwise outputs");
        yield return Case(() => new Conv2DTranspose(0, 3), "Conv2DTranspose", "filters must be a positive number but was 0", "Give the number of output channels");
        yield return Case(() => new Conv2DTranspose(4, 3, 2, outputPadding: 2), "Conv2DTranspose", "outputPadding must be at least 0 and below the strides (2, 2) but was (2, 2)", "use ZeroPadding2D after the layer");
        yield return Case(() => new MaxPooling2D(0), "MaxPooling2D", "poolSize must be positive in both directions but was (0, 0)", "poolSize: 2");
        yield return Case(() => new AveragePooling2D(2, 0), "AveragePooling2D", "strides must be positive in both directions but was (0, 0)", "Leave strides out");
        yield return Case(() => new MaxPooling2D(2, padding: 2), "MaxPooling2D", "padding must be \"valid\", \"same\" or at least 0 and at most half the pool (2, 2) but was (2, 2)", "Put a ZeroPadding2D before the layer");
        yield return Case(() => new Conv2D(4, 3, padding: "full"), "Unknown padding \"full\"", "\"valid\"", "\"same\"");
    }

    private static IEnumerable<TestCaseData> Inputs()
    {
        yield return Case(() => new Conv2D(4, 3, name: "c").ComputeOutputShape((null, 784)), "Conv2D 'c' expects four axes (batch, height, width, channels)", "received (None, 784)", "put a Reshape((height, width, channels)) before it");
        yield return Case(() => new MaxPooling2D(dataFormat: "channels_first").ComputeOutputShape((null, 28, 28)), "MaxPooling2D", "four axes (batch, channels, height, width) but received (None, 28, 28)", "Input(channels, height, width)");
        yield return Case(() => new Conv2D(4, 3).ComputeOutputShape((null, 28, 28, null)), "Conv2D", "a known number of channels, axis 3 of (batch, height, width, channels), but received (None, 28, 28, None)", "Give Input the number of channels");
        yield return Case(() => new Conv2D(4, 3, groups: 2).ComputeOutputShape((null, 28, 28, 3)), "Conv2D", "a number of channels divisible by groups = 2 but received (None, 28, 28, 3)", "Use groups: 1");
        yield return Case(() => new Conv2D(4, (5, 3)).ComputeOutputShape((null, 4, 8, 3)), "Conv2D", "images of at least (5, 3) cells but received (None, 4, 8, 3)", "Use padding: \"same\", a smaller kernel, or larger images");
        yield return Case(() => new AveragePooling2D(8).ComputeOutputShape((null, 4, 8, 3)), "AveragePooling2D", "images of at least (8, 8) cells but received (None, 4, 8, 3)", "a smaller pool");
        yield return Case(() => new Conv2DTranspose(4, 2, padding: 3).ComputeOutputShape((null, 2, 8, 3)), "Conv2DTranspose", "images larger than what padding (3, 3) takes away but received (None, 2, 8, 3)", "Reduce padding");
        yield return Case(() => Built(3).ComputeOutputShape((null, 28, 28, 1)), "Conv2D", "3 channels on axis 3 of (batch, height, width, channels) but received (None, 28, 28, 1)", "Give it images like those it was built for");
        yield return Case(() => Built(1).ComputeOutputShape((null, 1, 28, 28)), "Conv2D", "1 channel on axis 3", "The data has them on the other side", "dataFormat: \"channels_first\"");
        yield return Case(() => new GlobalMaxPooling2D().ComputeOutputShape((null, 8)), "GlobalMaxPooling2D", "four axes", "received (None, 8)");
    }

    [TestCaseSource(nameof(Arguments))]
    public void A_bad_argument_is_refused(Func<object> act, string[] parts) => Refused(act, parts);

    [TestCaseSource(nameof(Inputs))]
    public void A_bad_input_is_refused(Func<object> act, string[] parts) => Refused(act, parts);

    [Test]
    public void Only_the_separable_kernels_in_channels_count_in_a_built_layer()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var layer in new Layer[] { new DepthwiseConv2D(2), new SeparableConv2D(2, 2), new Conv2DTranspose(2, 2) })
        {
            _ = layer.Call(torch.zeros([1, 4, 4, 3]));
            var act = () => layer.ComputeOutputShape((null, 4, 4, 2));
            act.Should().Throw<KerasException>().WithMessage($"*{layer.Name}*3 channels*(None, 4, 4, 2)*");
        }
    }

    private static Conv2D Built(long channels)
    {
        using var scope = torch.NewDisposeScope();
        var layer = new Conv2D(4, 3);
        _ = layer.Call(torch.zeros([1, 8, 8, channels]));
        return layer;
    }

    private static TestCaseData Case(Func<object> act, params string[] parts) => new TestCaseData(act, parts).SetName("{m}: " + string.Join(" … ", parts).Replace('"', '\''));

    private static void Refused(Func<object> act, string[] parts)
    {
        var message = act.Invoking(a => a()).Should().Throw<KerasException>().Which.Message;
        foreach (var part in parts) message.Should().Contain(part);
        message.Should().EndWith(".");
    }
}
