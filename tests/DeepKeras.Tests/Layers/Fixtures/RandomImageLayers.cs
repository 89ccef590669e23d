using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers;

/// <summary>Image layers of random configurations, with an input that fits; the same ones in every run.</summary>
internal static class RandomImageLayers
{
    public static IEnumerable<(Layer Layer, long[] Input)> Make(int count)
    {
        var random = new Random(7);
        for (var i = 0; i < count; i++)
        {
            var channels = random.Next(1, 3) * 2;
            var format = random.Next(3) == 0 ? DataFormat.ChannelsFirst : DataFormat.ChannelsLast;
            Size2D Draw(int from, int to) => (random.Next(from, to), random.Next(from, to));
            var (kernel, strides) = (Draw(1, 5), random.Next(2) == 0 ? Draw(1, 4) : 1);
            Size2D dilation = strides is (1, 1) && random.Next(2) == 0 ? Draw(1, 4) : 1;
            Padding padding = random.Next(3) switch { 0 => "valid", 1 => "same", _ => (random.Next(3), random.Next(3)) };
            var (height, width) = (random.Next(12, 17), random.Next(12, 17));
            Padding poolPadding = padding.Mode == PaddingMode.Explicit ? ((int)Math.Min(padding.Cells.Height, kernel.Height / 2), (int)Math.Min(padding.Cells.Width, kernel.Width / 2)) : padding;
            Size2D outputPadding = (random.Next((int)strides.Height), random.Next((int)strides.Width));
            Layer layer = (i % 12) switch
            {
                0 => new Conv2D(4, kernel, strides, padding, format, dilation, groups: random.Next(1, 3)),
                1 => new DepthwiseConv2D(kernel, strides, padding, random.Next(1, 3), format, dilation),
                2 => new SeparableConv2D(3, kernel, strides, padding, format, dilation, random.Next(1, 3)),
                3 => new Conv2DTranspose(3, kernel, strides, padding, null, format, dilation, useBias: false),
                4 => new Conv2DTranspose(3, kernel, strides, padding, outputPadding, format, dilation),
                5 => new MaxPooling2D(kernel, strides, poolPadding, format),
                6 => new AveragePooling2D(kernel, strides, poolPadding, format),
                7 => new ZeroPadding2D(((1, 2), (0, 3)), format),
                8 => new Cropping2D(((1, 2), (0, 3)), format),
                9 => new UpSampling2D(kernel, format, i % 2 == 0 ? "nearest" : "bilinear"),
                10 => new GlobalMaxPooling2D(format, keepdims: i % 2 == 0),
                _ => new GlobalAveragePooling2D(format, keepdims: i % 2 == 0),
            };
            yield return (layer, format.IsChannelsFirst ? [2, channels, height, width] : [2, height, width, channels]);
        }
    }
}
