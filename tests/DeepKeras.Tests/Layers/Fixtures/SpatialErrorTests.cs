using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers;

/// <summary>Every refusal of the layers of sequences and volumes names the layer, what was expected, what came and the way out.</summary>
[TestFixture]
public sealed class SpatialErrorTests
{
    private static IEnumerable<TestCaseData> Arguments()
    {
        yield return Case(() => new Conv1D(4, 0, name: "c"), "Conv1D 'c': kernelSize must be positive in every direction but was (0,)", "Write for example kernelSize: 3");
        yield return Case(() => new Conv3D(4, 3, (1, 0, 1)), "Conv3D", "strides must be positive in every direction but was (1, 0, 1)", "strides: 1");
        yield return Case(() => new Conv1D(4, 3, dilationRate: 0), "Conv1D", "dilationRate must be positive in every direction but was (0,)", "dilationRate: 1");
        yield return Case(() => new Conv3D(4, 3, 2, dilationRate: 2), "Conv3D", "dilationRate must be 1 where strides are (2, 2, 2) but was (2, 2, 2)", "Use one of the two");
        yield return Case(() => new Conv1D(4, 3, padding: "full"), "Unknown padding \"full\"", "\"causal\"");
        yield return Case(() => new Conv1D(4, 3, padding: (Padding)1), "Conv1D", "padding must be \"valid\", \"same\" or, for Conv1D, \"causal\" but was (1, 1)", "Put a ZeroPadding1D before the layer");
        yield return Case(() => new DepthwiseConv1D(3, padding: "causal"), "Unknown padding \"causal\"", "\"valid\"", "\"same\"");
        yield return Case(() => new Conv3D(4, 3, padding: "ceil"), "Conv3D", "padding must be \"valid\" or \"same\" but was ceil", "Put a ZeroPadding3D before the layer");
        yield return Case(() => new Conv3D(4, 3, padding: 1), "Conv3D", "padding must be \"valid\" or \"same\" but was (1, 1)");
        yield return Case(() => new Conv1D(0, 3), "Conv1D", "filters must be a positive number but was 0", "Give the number of output channels");
        yield return Case(() => new Conv1D(4, 3, groups: 0), "Conv1D", "groups must be a positive number but was 0", "Use 1 for an ordinary convolution");
        yield return Case(() => new Conv3D(4, 3, groups: 3), "Conv3D", "filters must be a multiple of groups = 3 but was 4", "Use filters: 6");
        yield return Case(() => new Conv1DTranspose(0, 3), "Conv1DTranspose", "filters must be a positive number but was 0");
        yield return Case(() => new Conv1DTranspose(4, 3, 2, outputPadding: 2), "Conv1DTranspose", "outputPadding must be at least 0 and below the strides (2,) but was (2,)", "use ZeroPadding1D after the layer");
        yield return Case(() => new Conv3DTranspose(4, 3, 2, outputPadding: (0, -1, 0)), "Conv3DTranspose", "outputPadding must be at least 0 and below the strides (2, 2, 2) but was (0, -1, 0)", "use ZeroPadding3D after the layer");
        yield return Case(() => new DepthwiseConv1D(3, depthMultiplier: 0), "DepthwiseConv1D", "depthMultiplier must be a positive number but was 0");
        yield return Case(() => new SeparableConv1D(0, 3), "SeparableConv1D", "filters must be a positive number but was 0");
        yield return Case(() => new SeparableConv1D(3, 3, depthMultiplier: 0), "SeparableConv1D", "depthMultiplier must be a positive number but was 0");
        yield return Case(() => new MaxPooling1D(0), "MaxPooling1D", "poolSize must be positive in every direction but was (0,)", "poolSize: 2");
        yield return Case(() => new AveragePooling3D(2, (1, 1, 0)), "AveragePooling3D", "strides must be positive in every direction but was (1, 1, 0)", "Leave strides out");
        yield return Case(() => new MaxPooling3D(2, padding: 1), "MaxPooling3D", "padding must be \"valid\", \"same\" or \"ceil\" but was (1, 1)", "Put a ZeroPadding3D before the layer");
        yield return Case(() => new AdaptiveAveragePooling1D(0), "AdaptiveAveragePooling1D", "outputSize must be positive in every direction but was (0,)", "outputSize: 7");
        yield return Case(() => new ZeroPadding1D((1, -1)), "ZeroPadding1D", "padding must be at least 0 at every edge but was (1, -1)", "Use Cropping1D");
        yield return Case(() => new Cropping3D((0, -1, 0)), "Cropping3D", "cropping must be at least 0 at every edge but was ((0, 0), (-1, -1), (0, 0))", "Use ZeroPadding3D");
        yield return Case(() => new UpSampling1D(0), "UpSampling1D", "size must be positive in every direction but was (0,)", "use AveragePooling1D to shorten sequences");
        yield return Case(() => new UpSampling3D((1, 0, 1)), "UpSampling3D", "size must be positive in every direction but was (1, 0, 1)", "use AveragePooling3D to shrink volumes");
        yield return Case(() => new SpatialDropout1D(1.5), "SpatialDropout1D", "rate must be between 0 and 1 but was 1.5");
    }

    private static IEnumerable<TestCaseData> Inputs()
    {
        yield return Case(() => new Conv1D(4, 3, name: "c").ComputeOutputShape((null, 784)), "Conv1D 'c' expects three axes (batch, steps, channels) but received (None, 784)", "Build the model with Input(steps, channels), or put a Reshape((steps, channels)) before it");
        yield return Case(() => new MaxPooling3D(dataFormat: "channels_first").ComputeOutputShape((null, 28, 28, 1)), "MaxPooling3D", "five axes (batch, channels, depth, height, width) but received (None, 28, 28, 1)", "Input(channels, depth, height, width)");
        yield return Case(() => new Conv3D(4, 3).ComputeOutputShape((null, 8, 8, 8, null)), "Conv3D", "a known number of channels, axis 4 of (batch, depth, height, width, channels), but received (None, 8, 8, 8, None)", "Give Input the number of channels");
        yield return Case(() => new Conv1D(4, 3, groups: 2).ComputeOutputShape((null, 28, 3)), "Conv1D", "a number of channels divisible by groups = 2 but received (None, 28, 3)", "Use groups: 1");
        yield return Case(() => new Conv1D(4, 5).ComputeOutputShape((null, 4, 3)), "Conv1D", "sequences of at least (5,) cells but received (None, 4, 3)", "Use padding: \"same\", a smaller kernel, or larger sequences");
        yield return Case(() => new AveragePooling3D(4).ComputeOutputShape((null, 8, 3, 8, 3)), "AveragePooling3D", "volumes of at least (4, 4, 4) cells but received (None, 8, 3, 8, 3)", "a smaller pool");
        yield return Case(() => new Cropping1D(2).ComputeOutputShape((null, 4, 3)), "Cropping1D", "sequences larger than what cropping (2, 2) takes away but received (None, 4, 3)", "Reduce cropping");
        yield return Case(() => Built().ComputeOutputShape((null, 8, 1)), "Conv1D", "3 channels on axis 2 of (batch, steps, channels) but received (None, 8, 1)", "Give it sequences like those it was built for");
        yield return Case(() => Built().ComputeOutputShape((null, 3, 8)), "Conv1D", "3 channels on axis 2", "The data has them on the other side", "dataFormat: \"channels_first\"");
        yield return Case(() => new GlobalMaxPooling1D().ComputeOutputShape((null, 8)), "GlobalMaxPooling1D", "three axes", "received (None, 8)");
    }

    [TestCaseSource(nameof(Arguments))]
    public void A_bad_argument_is_refused(Func<object> act, string[] parts) => Refused(act, parts);

    [TestCaseSource(nameof(Inputs))]
    public void A_bad_input_is_refused(Func<object> act, string[] parts) => Refused(act, parts);

    private static Conv1D Built()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new Conv1D(4, 3);
        _ = layer.Call(torch.zeros([1, 8, 3]));
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
