namespace DeepKeras.Layers;

/// <summary>What has been drawn for a batch: the same for its images, masks, boxes and labels.</summary>
internal abstract class ImageTransform
{
    /// <summary>Changes images.</summary>
    /// <param name="images">Images in the (N, C, H, W) view, which must not be overwritten.</param>
    public abstract Tensor Images(Tensor images);

    /// <summary>Changes masks, which have the images' height and width.</summary>
    /// <param name="masks">Masks in the (N, K, H, W) view.</param>
    public virtual Tensor Masks(Tensor masks) => masks;

    /// <summary>Changes boxes.</summary>
    /// <param name="boxes">(N, M, 4), as <see cref="ImageSamples.Boxes"/> says.</param>
    /// <param name="labels">(N, M).</param>
    public virtual (Tensor Boxes, Tensor? Labels) Boxes(Tensor boxes, Tensor? labels) => (boxes, labels);

    /// <summary>Changes the classes of the images.</summary>
    /// <param name="labels">(N, …).</param>
    public virtual Tensor Labels(Tensor labels) => labels;

    /// <summary>One number per image, in a shape that stretches to (N, C, H, W).</summary>
    protected static Tensor PerImage(IEnumerable<double> values, Tensor like) => torch.tensor(values.ToArray()).reshape(-1, 1, 1, 1).to(like.dtype, like.device);

    /// <summary>Picks places along an axis: images (N, C, H, W) keep their channels-last memory, which <c>index_select</c> alone would lose.</summary>
    internal static Tensor Pick(Tensor all, int axis, Tensor places) => all.ndim != 4
        ? all.index_select(axis, places)
        : all.permute(0, 2, 3, 1).index_select(axis == 0 ? 0 : axis - 1, places).permute(0, 3, 1, 2);

    /// <summary>One yes or no per image, in a shape that stretches to (N, C, H, W).</summary>
    protected static Tensor PerImage(bool[] values, Tensor like) => torch.tensor(values).reshape(-1, 1, 1, 1).to(like.device);
}
