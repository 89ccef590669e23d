using System.Text.Json.Nodes;
using DeepKeras.Layers;
using DeepKeras.Serialization;

namespace DeepKeras.Tests.Layers;

/// <summary>The layers of sequences and volumes: defaults, Keras's config, agreement of the two data formats, what "causal" promises.</summary>
[TestFixture]
public sealed class SpatialLayerTests
{
    [Test]
    public void Defaults_are_those_of_Keras()
    {
        (new MaxPooling1D().PoolSize, new MaxPooling1D(3).Strides).Should().Be((new Size1D(2), new Size1D(3)));
        (new MaxPooling3D().PoolSize, new MaxPooling3D((1, 2, 3)).Strides).Should().Be((new Size3D(2, 2, 2), new Size3D(1, 2, 3)));
        (new ZeroPadding1D().Padding, new ZeroPadding3D().Padding).Should().Be((new Padding1D(1, 1), new Padding3D(1, 1, 1, 1, 1, 1)));
        (new Cropping1D().Cropping, new Cropping3D().Cropping).Should().Be((new Padding1D(1, 1), new Padding3D(1, 1, 1, 1, 1, 1)));
        (new UpSampling1D().Size, new UpSampling3D().Size).Should().Be((2L, new Size3D(2, 2, 2)));
        new Conv1D(2, 3).Padding.Should().Be(SequencePadding.Valid);
        new Conv3DTranspose(2, 3).OutputPadding.Should().BeNull();
    }

    // Keys and values as get_config() of Keras 3 gives them.
    [TestCase("Conv1D", """{"filters":2,"kernel_size":[3],"strides":[1],"padding":"causal","data_format":"channels_last","dilation_rate":[2],"groups":1}""")]
    [TestCase("Conv3D", """{"filters":2,"kernel_size":[3,3,3],"strides":[1,2,2],"padding":"same","data_format":"channels_last","dilation_rate":[1,1,1],"groups":1}""")]
    [TestCase("Conv1DTranspose", """{"filters":2,"kernel_size":[3],"strides":[2],"padding":"same","output_padding":null,"data_format":"channels_first","dilation_rate":[1]}""")]
    [TestCase("Conv3DTranspose", """{"filters":2,"kernel_size":[3,3,3],"strides":[2,2,2],"padding":"valid","output_padding":[1,0,1],"data_format":"channels_last","dilation_rate":[1,1,1]}""")]
    [TestCase("DepthwiseConv1D", """{"kernel_size":[3],"strides":[1],"padding":"same","depth_multiplier":2,"data_format":"channels_last","dilation_rate":[1]}""")]
    [TestCase("SeparableConv1D", """{"filters":2,"kernel_size":[3],"strides":[1],"padding":"same","depth_multiplier":2,"data_format":"channels_last","dilation_rate":[1]}""")]
    [TestCase("MaxPooling1D", """{"pool_size":[2],"strides":[2],"padding":"valid","data_format":"channels_last"}""")]
    [TestCase("AveragePooling3D", """{"pool_size":[2,1,2],"strides":[2,2,2],"padding":"same","data_format":"channels_first"}""")]
    [TestCase("GlobalMaxPooling1D", """{"data_format":"channels_last","keepdims":true}""")]
    [TestCase("GlobalAveragePooling3D", """{"data_format":"channels_first","keepdims":false}""")]
    [TestCase("ZeroPadding1D", """{"padding":[1,2],"data_format":"channels_last"}""")]
    [TestCase("ZeroPadding3D", """{"padding":[[1,1],[0,2],[3,0]],"data_format":"channels_last"}""")]
    [TestCase("Cropping1D", """{"cropping":[1,2]}""")]
    [TestCase("Cropping3D", """{"cropping":[[1,1],[0,2],[3,0]],"data_format":"channels_first"}""")]
    [TestCase("UpSampling1D", """{"size":3}""")]
    [TestCase("UpSampling3D", """{"size":[2,1,3],"data_format":"channels_last"}""")]
    [TestCase("SpatialDropout1D", """{"rate":0.25,"seed":7}""")]
    [TestCase("SpatialDropout3D", """{"rate":0.25,"seed":7,"data_format":"channels_last"}""")]
    public void The_config_of_Keras_is_read_and_written(string name, string json)
    {
        var keras = JsonNode.Parse(json)!.AsObject();
        var layer = ObjectConfig.Read<Layer>(new JsonObject { ["module"] = "keras.layers", ["class_name"] = name, ["config"] = keras.DeepClone() });
        var written = ObjectConfig.Write(layer)["config"]!;
        foreach (var (key, value) in keras) JsonNode.DeepEquals(written[key], value).Should().BeTrue("{0} is {1}", key, written[key]?.ToJsonString());
    }

    [Test]
    public void Channels_first_gives_the_same_numbers_as_channels_last()
    {
        foreach (Padding padding in new Padding[] { "valid", "same" })
        {
            Same(1, f => new Conv1D(4, 3, 2, padding, f, groups: 2));
            Same(1, f => new Conv1DTranspose(3, 3, 2, padding, null, f));
            Same(1, f => new DepthwiseConv1D(2, 1, padding, 2, f));
            Same(1, f => new SeparableConv1D(3, 2, 1, padding, f, activation: "relu"));
            Same(1, f => new MaxPooling1D(2, 1, padding, f));
            Same(1, f => new AveragePooling1D(3, 2, padding, f));
            Same(3, f => new Conv3D(4, (2, 3, 1), 2, padding, f, groups: 2));
            Same(3, f => new Conv3DTranspose(3, (3, 2, 1), 2, padding, f));
            Same(3, f => new MaxPooling3D(2, 1, padding, f));
            Same(3, f => new AveragePooling3D((2, 1, 3), 2, padding, f));
        }
        Same(1, f => new Conv1D(2, 3, padding: "causal", dataFormat: f));
        Same(1, f => new ZeroPadding1D((2, 0), f));
        Same(1, f => new GlobalMaxPooling1D(f, keepdims: true));
        Same(3, f => new ZeroPadding3D(((1, 0), (2, 1), (0, 3)), f));
        Same(3, f => new Cropping3D(((1, 0), (0, 1), (2, 1)), f));
        Same(3, f => new UpSampling3D((2, 1, 3), f));
        Same(3, f => new GlobalAveragePooling3D(f, keepdims: true));
    }

    [Test]
    public void A_causal_output_does_not_depend_on_later_steps()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new Conv1D(3, 3, padding: "causal", dilationRate: 2);
        var sequence = Sample(ScalarType.Float32, 1, 9, 2);
        var before = layer.Call(sequence);
        before.shape.Should().Equal(1, 9, 3);

        var changed = sequence.clone();
        changed.narrow(1, 5, 1).add_(1);
        var difference = layer.Call(changed).sub(before).abs().amax([0, 2]);

        Numbers(difference).Select(d => d > 1e-4).Should().Equal(false, false, false, false, false, true, false, true, false);
    }

    [Test]
    public void Promised_and_real_shapes_agree_for_random_configurations()
    {
        var random = new Random(3);
        for (var i = 0; i < 200; i++)
        {
            using var scope = torch.NewDisposeScope();
            Padding padding = random.Next(2) == 0 ? "valid" : "same";
            Size3D Draw(int to) => new(random.Next(1, to), random.Next(1, to), random.Next(1, to));
            var (kernel, strides) = (Draw(4), Draw(4));
            long[] volume = [2, random.Next(4, 9), random.Next(4, 9), random.Next(4, 9), 2];
            long[] sequence = [2, volume[1], 2];
            var (length, step) = (new Size1D(kernel.Depth), new Size1D(strides.Depth));
            var (layer, input) = (i % 8) switch
            {
                0 => ((Layer)new Conv1D(2, length, step, padding), sequence),
                1 => (new Conv1DTranspose(2, length, step, padding), sequence),
                2 => (new MaxPooling1D(length, step, padding), sequence),
                3 => (new AveragePooling1D(length, step, padding), sequence),
                4 => (new Conv3D(2, kernel, strides, padding), volume),
                5 => (new Conv3DTranspose(2, kernel, strides, padding), volume),
                6 => (new MaxPooling3D(kernel, strides, padding), volume),
                _ => (new AveragePooling3D(kernel, strides, padding), volume),
            };
            var promised = layer.ComputeOutputShape(new Shape(input));
            promised.ToArray().Should().Equal(layer.Call(Sample(ScalarType.Float32, input)).shape, "{0} {1} {2} {3} on {4}", layer.Name, kernel, strides, padding, new Shape(input));
        }
    }

    [Test]
    public void Enlarging_repeats_each_cell_whatever_the_factor()
    {
        using var scope = torch.NewDisposeScope();
        // 1/49 · 49 is below 1 in single precision.
        var enlarged = Numbers(new UpSampling1D(49).Call(Floats([1, 2, 3], 1, 3, 1)));
        enlarged.Should().Equal([.. Enumerable.Repeat(1.0, 49), .. Enumerable.Repeat(2.0, 49), .. Enumerable.Repeat(3.0, 49)]);
    }

    [Test]
    public void Whole_channels_are_dropped_and_the_rest_is_scaled()
    {
        using var scope = torch.NewDisposeScope();
        Keras.SetRandomSeed(2);
        foreach (var (layer, input) in new (Layer, Tensor)[] { (new SpatialDropout1D(0.25), torch.ones([40, 6, 50])), (new SpatialDropout3D(0.25), torch.ones([40, 2, 3, 2, 50])), (new SpatialDropout3D(0.25, "channels_first"), torch.ones([40, 50, 2, 3, 2])) })
        {
            layer.Call(input).Should().BeSameAs(input);
            var output = layer.Call(input, training: true);
            var perChannel = layer is SpatialDropout3D { DataFormat.IsChannelsFirst: true } ? output.flatten(2).transpose(1, 2) : output.flatten(1, -2);
            Close(perChannel, perChannel.narrow(1, 0, 1).expand(perChannel.shape), 0, 0);
            Numbers(output).Distinct().Order().Should().HaveCount(2).And.Equal([0, 4.0 / 3], (a, b) => Math.Abs(a - b) < 1e-6);
            Numbers(perChannel.select(1, 0)).Count(v => v == 0).Should().BeInRange(400, 600);
        }
    }

    private static void Same(int axes, Func<DataFormat, Layer> make)
    {
        using var scope = torch.NewDisposeScope();
        var (last, first) = (make("channels_last"), make("channels_first"));
        var input = Sample(ScalarType.Float32, [2, .. new long[] { 6, 5, 4 }[..axes], 4]);
        var expected = last.Call(input);
        var moved = input.movedim([-1], [1]);
        _ = first.Call(moved);
        if (last.Weights.Count > 0) first.SetWeights(last.GetWeights());
        Close(first.Call(moved).movedim([1], [-1]), expected);
    }
}
