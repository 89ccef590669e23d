namespace DeepKeras.Applications.Pretrained;

/// <summary>What is done to images before a network sees them. <c>net.Preprocess(images)</c> does what the network's weights were trained with.</summary>
public abstract record InputTransform
{
    private protected InputTransform()
    {
    }

    /// <summary>Transforms images.</summary>
    /// <param name="images">Images (N, H, W, C) or one (H, W, C) of 0 … 255, of bytes or of floats.</param>
    /// <returns>Floats (N, h, w, C).</returns>
    /// <exception cref="KerasException">The images have other channels than the transform.</exception>
    public abstract Tensor Apply(Tensor images);

    /// <summary>Transforms images for a network of another input size; those that have its size already are only normalised.</summary>
    /// <param name="images">Images as above.</param>
    /// <param name="height">The network's; null where any goes.</param>
    /// <param name="width">The network's; null where any goes.</param>
    internal abstract Tensor Apply(Tensor images, long? height, long? width);

    /// <summary>Brings the shorter side to a length and cuts the middle out.</summary>
    private protected static Tensor ResizeAndCrop(Tensor photos, int resize, int crop, string interpolation)
    {
        var (height, width) = (photos.shape[1], photos.shape[2]);
        // The longer side is cut down to whole pixels, as torchvision does.
        var (rows, columns) = height <= width ? (resize, (int)(resize * width / height)) : ((int)(resize * height / width), resize);
        if (rows != height || columns != width) photos = new Layers.Resizing(rows, columns, interpolation, antialias: true).Call(photos);
        return Middle(Middle(photos, 1, rows, crop), 2, columns, crop);
    }

    /// <summary>(x / 255 − mean) / deviation, channel by channel.</summary>
    private protected static Tensor Normalize(Tensor images, float[] mean, float[] deviation)
    {
        using var scope = torch.NewDisposeScope();
        return images.to(ScalarType.Float32).div(255).sub(torch.tensor(mean).to(images.device)).div(torch.tensor(deviation).to(images.device)).MoveToOuterDisposeScope();
    }

    private static Tensor Middle(Tensor photos, int axis, int extent, int crop)
    {
        // Halves go to the even number, as in Python's round.
        var start = (long)Math.Round((extent - crop) / 2.0, MidpointRounding.ToEven);
        return photos.narrow(axis, start, crop);
    }
}
