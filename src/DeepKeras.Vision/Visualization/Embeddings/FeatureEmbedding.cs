using DeepKeras.Inspection;

namespace DeepKeras.Vision.Visualization;

/// <summary>What a layer answers to many images, and maps of it with two or three axes: principal components and t-SNE.</summary>
/// <remarks>
/// <code>
/// using var features = FeatureEmbedding.Of(model, "dense", xTest);             // (N, 512)
/// using var points = FeatureEmbedding.TSne(features, perplexity: 30, seed: 1);  // (N, 2)
/// ImageFile.Save("tsne.png", ScatterPlot.Of(points, yTest, classNames));
/// </code>
/// </remarks>
public static class FeatureEmbedding
{
    private const int MostPoints = 10_000;

    /// <summary>The output of a layer for each image, as rows.</summary>
    /// <param name="model">The model; one input.</param>
    /// <param name="layer">Any layer, of nested models too: its name, its place or the layer.</param>
    /// <param name="images">A batch as the model takes it.</param>
    /// <param name="pool">Whether maps <c>(N, H, W, C)</c> are averaged over their places; otherwise they are only unrolled.</param>
    /// <param name="batchSize">Images per step; 256 by default.</param>
    /// <returns>float32 <c>(N, features)</c>, on the CPU.</returns>
    /// <exception cref="KerasException">There is no such layer, or the images do not fit.</exception>
    public static Tensor Of(Model model, LayerSelector layer, Tensor images, bool pool = true, int batchSize = 256)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(images);
        if (batchSize < 1) throw Throw.EmbeddingArgument(nameof(batchSize), "at least 1", batchSize);
        if (images.ndim == 0 || images.shape[0] == 0) throw Throw.EmbeddingImages(images);
        using var scope = torch.NewDisposeScope();
        using var gradients = torch.no_grad();
        var reader = new LayerReader(model, layer);
        var rows = new List<Tensor>();
        for (long from = 0; from < images.shape[0]; from += batchSize)
        {
            using var inner = torch.NewDisposeScope();
            var output = reader.Read(images.narrow(0, from, Math.Min(batchSize, images.shape[0] - from)))[0];
            if (pool && output.ndim == 4) output = output.mean([1, 2]);
            rows.Add(output.flatten(1).to_type(ScalarType.Float32).cpu().MoveToOuterDisposeScope());
        }
        return torch.cat(rows, 0).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Principal components: the coordinates of the centred rows along the directions in which they vary most (Pearson, 1901).
    /// Each direction is turned so that the point farthest out along it lies on the positive side.
    /// </summary>
    /// <param name="features"><c>(N, features)</c>, N at least 2.</param>
    /// <param name="dims">How many components, at most the lesser of N and the number of features.</param>
    /// <returns>float32 <c>(N, dims)</c>, the greatest variance first.</returns>
    /// <exception cref="KerasException">The tensor is no such table, or holds numbers that are not finite; or <paramref name="dims"/> is out of range.</exception>
    public static Tensor Pca(Tensor features, int dims = 2)
    {
        Check(features);
        var most = Math.Min(features.shape[0], features.shape[1]);
        if (dims < 1 || dims > most) throw Throw.EmbeddingArgument(nameof(dims), $"between 1 and {most} for {Shape.Of(features)}", dims);
        using var scope = torch.NewDisposeScope();
        using var gradients = torch.no_grad();
        var rows = features.detach().cpu().to_type(ScalarType.Float64);
        rows = rows.sub(rows.mean([0], true));
        Tensor scores;
        if (rows.shape[1] <= rows.shape[0])
        {
            var (_, directions) = torch.linalg.eigh(rows.t().mm(rows));
            scores = rows.mm(Last(directions, dims));
        }
        else
        {
            // X Xᵀ has the same eigenvalues and is the smaller one: X = U √λ Vᵀ.
            var (variances, directions) = torch.linalg.eigh(rows.mm(rows.t()));
            scores = Last(directions, dims).mul(Last(variances.unsqueeze(0), dims).clamp(0).sqrt());
        }
        var (_, farthest) = scores.abs().max(0, true);
        return scores.mul(scores.gather(0, farthest).sign()).to_type(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// t-SNE (van der Maaten and Hinton, 2008), exact: a map of two axes on which neighbours stay neighbours. It takes time and memory as N²:
    /// some seconds for 2,000 points.
    /// </summary>
    /// <param name="features"><c>(N, features)</c>, N from 4 to 10,000.</param>
    /// <param name="perplexity">About how many neighbours each point minds; below N.</param>
    /// <param name="iterations">Steps of gradient descent; the first quarter, 250 at most, with attraction 12 times as strong.</param>
    /// <param name="learningRate">By default N / 48, at least 50 (Belkina et al., 2019).</param>
    /// <param name="initialization">Where points begin: <c>"pca"</c>, which keeps the large scale (Kobak and Berens, 2019), or <c>"random"</c>.</param>
    /// <param name="seed">Chooses the random start, and what parts points that are the same.</param>
    /// <returns>float32 <c>(N, 2)</c>, centred; the same seed gives the same numbers bit for bit.</returns>
    /// <exception cref="KerasException">The tensor is no such table, or holds numbers that are not finite; or an argument is out of range.</exception>
    public static Tensor TSne(Tensor features, double perplexity = 30, int iterations = 1000, double? learningRate = null, string initialization = "pca", int seed = 0)
    {
        Check(features);
        var count = features.shape[0];
        if (count is < 4 or > MostPoints) throw Throw.EmbeddingRows(count, 4, MostPoints);
        if (perplexity is not >= 1 || perplexity >= count) throw Throw.EmbeddingArgument(nameof(perplexity), $"at least 1 and below the {count} points", perplexity);
        if (iterations < 1) throw Throw.EmbeddingArgument(nameof(iterations), "at least 1", iterations);
        if (learningRate is { } rate and not > 0) throw Throw.EmbeddingArgument(nameof(learningRate), "greater than 0", rate);
        if (initialization is not ("pca" or "random")) throw Throw.EmbeddingArgument(nameof(initialization), "\"pca\" or \"random\"", $"\"{initialization}\"");
        using var scope = torch.NewDisposeScope();
        var start = Start(features, initialization, seed).contiguous().data<float>().ToArray();
        var map = new NeighbourMap(Affinities.Joint(features, perplexity), start);
        map.Descend(iterations, learningRate ?? Math.Max(count / 48.0, 50));
        return torch.tensor(map.Centred(), [count, 2]).MoveToOuterDisposeScope();
    }

    /// <summary>Points close together, spread 0.0001 along the first axis.</summary>
    private static Tensor Start(Tensor features, string initialization, int seed)
    {
        const double Spread = 1e-4;
        var noise = new SeededNoise(seed).Normal(features.shape[0], 2);
        if (initialization == "random" || features.shape[1] < 2) return noise.mul(Spread);
        var components = Pca(features);
        var deviation = components.narrow(1, 0, 1).square().mean().sqrt().clamp(1e-12);
        return components.div(deviation).mul(Spread).add(noise.mul(Spread * 1e-4));
    }

    private static Tensor Last(Tensor columns, int count) => columns.narrow(1, columns.shape[1] - count, count).flip(1);

    private static void Check(Tensor features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.ndim != 2 || features.shape[0] < 2 || features.shape[1] < 1) throw Throw.EmbeddingFeatures(features);
        using var scope = torch.NewDisposeScope();
        if (!features.detach().to_type(ScalarType.Float64).sum().isfinite().item<bool>()) throw Throw.EmbeddingNotFinite();
    }
}
