using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace DeepKeras.Callbacks;

/// <summary>A value of a series for TensorBoard: a <c>TensorProto</c> and the plug-in that shows it.</summary>
/// <param name="Plugin">The plug-in's name.</param>
/// <param name="PluginContent">The plug-in's own data.</param>
/// <param name="DataClass">The kind of series.</param>
/// <param name="Content">The message with the tensor.</param>
internal sealed record EventSummary(string Plugin, string PluginContent, EventDataClass DataClass, ProtobufMessage Content)
{
    private const int BucketCount = 30;
    private const int MostImages = 3;
    private const int FloatType = 1;
    private const int DoubleType = 2;
    private const int StringType = 7;

    /// <summary>A number.</summary>
    public static EventSummary Scalar(double value) =>
        new("scalars", "", EventDataClass.Scalar, Head(FloatType).Add(4, MemoryMarshal.AsBytes<float>([(float)value])));

    /// <summary>How the values of a tensor are spread: rows of left edge, right edge and count; one row where all values are the same.</summary>
    public static EventSummary Histogram(Tensor values)
    {
        var rows = Buckets(values);
        return new("histograms", "", EventDataClass.Tensor, Head(DoubleType, rows.Length / 3, 3).Add(4, MemoryMarshal.AsBytes<double>(rows)));
    }

    /// <summary>Pictures: the first three of (N, height, width, channels) with 1, 3 or 4 channels, values from 0 to 1.</summary>
    public static EventSummary Images(Tensor images)
    {
        var shown = (int)Math.Min(images.size(0), MostImages);
        var message = Head(StringType, 2 + shown)
            .Add(8, images.size(2).ToString(CultureInfo.InvariantCulture))
            .Add(8, images.size(1).ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < shown; i++) message.Add(8, Png.Encode(images.select(0, i)));
        return new("images", "", EventDataClass.BlobSequence, message);
    }

    /// <summary>A model as Keras's JSON, which the graph page draws.</summary>
    public static EventSummary Model(string json) =>
        new("graph_keras_model", "1", EventDataClass.Unknown, Head(StringType).Add(8, Encoding.UTF8.GetBytes(json)));

    private static ProtobufMessage Head(int type, params long[] shape)
    {
        var extents = new ProtobufMessage();
        foreach (var extent in shape) extents.Add(2, new ProtobufMessage().Add(1, extent));
        return new ProtobufMessage().Add(1, type).Add(2, extents);
    }

    private static double[] Buckets(Tensor values)
    {
        using var scope = torch.NewDisposeScope();
        var numbers = values.detach().cpu().to_type(ScalarType.Float64).reshape(-1).contiguous().data<double>().ToArray();
        if (numbers.Length == 0) return [];
        var (least, greatest) = (numbers.Min(), numbers.Max());
        var width = (greatest - least) / BucketCount;
        if (width == 0) return [least - 0.5, least + 0.5, numbers.Length];
        var rows = new double[3 * BucketCount];
        for (var i = 0; i < BucketCount; i++)
        {
            rows[3 * i] = least + (i * width);
            rows[(3 * i) + 1] = i == BucketCount - 1 ? greatest : least + ((i + 1) * width);
        }
        // A weight that is not a number has no bucket.
        foreach (var number in numbers.Where(double.IsFinite)) rows[(3 * Math.Clamp((int)((number - least) / width), 0, BucketCount - 1)) + 2]++;
        return rows;
    }
}
