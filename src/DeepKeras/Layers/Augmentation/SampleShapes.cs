namespace DeepKeras.Layers;

/// <summary>Checks that labels, boxes and masks belong to the images they come with.</summary>
internal static class SampleShapes
{
    public static void Check(ImageAugmentationLayer layer, ImageSamples samples)
    {
        var shape = samples.Images.shape;
        long[] batch = shape.Length == 4 ? [shape[0]] : [];
        var prefix = batch.Length == 0 ? "" : $"{batch[0]}, ";
        var first = batch.Length + (layer.DataFormat.IsChannelsFirst ? 1 : 0);
        if (samples.Labels is { } labels && !Starts(labels, batch)) throw Throw.SamplePart(layer, "labels", $"({prefix}classes)", labels);
        if (samples.Boxes is { } boxes && (boxes.ndim != batch.Length + 2 || !Starts(boxes, batch) || boxes.shape[^1] != 4)) throw Throw.SamplePart(layer, "boxes", $"({prefix}boxes, 4)", boxes);
        if (samples.BoxLabels is { } classes && (classes.ndim != batch.Length + 1 || samples.Boxes is null || !Starts(classes, samples.Boxes.shape.AsSpan(0, batch.Length + 1)))) throw Throw.SamplePart(layer, "box labels, one per box,", $"({prefix}boxes)", classes);
        if (samples.Masks is { } masks && (masks.ndim != shape.Length || !Starts(masks, batch) || masks.shape[first] != shape[first] || masks.shape[first + 1] != shape[first + 1]))
        {
            throw Throw.SamplePart(layer, "masks", layer.DataFormat.IsChannelsFirst ? $"({prefix}channels, {shape[first]}, {shape[first + 1]})" : $"({prefix}{shape[first]}, {shape[first + 1]}, channels)", masks);
        }
    }

    private static bool Starts(Tensor part, ReadOnlySpan<long> extents) => part.ndim >= extents.Length && part.shape.AsSpan(0, extents.Length).SequenceEqual(extents);
}
