using System.Text.Json;
using DeepKeras.Vision.Visualization;
using static DeepKeras.Keras;

namespace DeepKeras.Vision.Tests.Visualization.Embeddings;

[TestFixture]
public sealed class FeatureEmbeddingTests
{
    private const int Rows = 90;

    // Numbers of scikit-learn; see Golden/make_embeddings.py.
    private static readonly JsonElement s_golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(SharedData.Root, "tests", "DeepKeras.Vision.Tests", "Golden", "embeddings.json"))).RootElement;

    [Test]
    public void Principal_components_are_those_of_scikit_learn_up_to_sign([Values] bool wide)
    {
        // Rotating into more features than rows changes no component, and takes the other way to compute them.
        var features = wide ? torch.cat([Features(), torch.zeros([Rows, 100], ScalarType.Float64)], 1) : Features();
        using var components = FeatureEmbedding.Pca(features, 3);
        var expected = torch.tensor(Golden("pca"), [Rows, 3]);
        for (var i = 0; i < 3; i++)
        {
            double[] ours = Numbers(components.select(1, i)), theirs = Numbers(expected.select(1, i));
            var sign = Math.Sign(ours.Zip(theirs, (a, b) => a * b).Sum());
            ours.Zip(theirs, (a, b) => Math.Abs(a - (sign * b))).Max().Should().BeLessThan(1e-5);
            ours.MaxBy(Math.Abs).Should().BePositive();
        }
    }

    [Test]
    public void Every_point_minds_as_many_neighbours_as_the_perplexity_says([Values(2, 5, 30)] double perplexity)
    {
        var p = Affinities.Conditional(Features(), perplexity);
        for (var i = 0; i < Rows; i++)
        {
            double[] row = [.. p.Skip(i * Rows).Take(Rows).Select(v => (double)v)];
            row[i].Should().Be(0);
            row.Sum().Should().BeApproximately(1, 1e-5);
            row.Where(v => v > 0).Sum(v => -v * Math.Log2(v)).Should().BeApproximately(Math.Log2(perplexity), 1e-4);
        }
    }

    [Test]
    public void Joint_probabilities_are_those_of_scikit_learn()
    {
        var p = Affinities.Joint(Features(), s_golden.GetProperty("perplexity").GetDouble());
        p.Sum(v => (double)v).Should().BeApproximately(1, 1e-5);
        foreach (var (ours, theirs) in p.Zip(Golden("joint"))) ((double)ours).Should().BeApproximately(theirs, 1e-7 + (1e-3 * theirs));
    }

    [Test]
    public void Divergence_and_gradient_are_those_of_scikit_learn()
    {
        var map = Map();
        map.Divergence().Should().BeApproximately(s_golden.GetProperty("kl").GetDouble(), 1e-4);
        var (x, y) = (new float[Rows], new float[Rows]);
        map.Gradient(x, y);
        var expected = Golden("gradient");
        for (var i = 0; i < Rows; i++)
        {
            ((double)x[i]).Should().BeApproximately(expected[2 * i], 2e-6);
            ((double)y[i]).Should().BeApproximately(expected[(2 * i) + 1], 2e-6);
        }
    }

    [Test]
    public void The_gradient_is_that_of_finite_differences()
    {
        var p = Affinities.Joint(Features(), 12);
        var at = Golden("y");
        var (x, y) = (new float[Rows], new float[Rows]);
        new NeighbourMap(p, [.. at.Select(v => (float)v)]).Gradient(x, y);
        for (var i = 0; i < 2 * Rows; i += 7)
        {
            const double Step = 1e-4;
            double[] up = [.. at], down = [.. at];
            up[i] += Step;
            down[i] -= Step;
            var slope = (Divergence(p, up) - Divergence(p, down)) / (2 * Step);
            ((double)(i % 2 == 0 ? x : y)[i / 2]).Should().BeApproximately(slope, 2e-6);
        }
    }

    [Test]
    public void The_descent_ends_as_low_as_that_of_scikit_learn()
    {
        var p = Affinities.Joint(Features(), 12);
        using var points = FeatureEmbedding.TSne(Features(), perplexity: 12);
        var reached = Divergence(p, Numbers(points));
        reached.Should().BeLessThan(1.05 * s_golden.GetProperty("reached").GetDouble());
    }

    [Test]
    public void Clusters_stay_apart([Values("pca", "random")] string initialization)
    {
        // Ten clouds of 20 points, ten deviations apart.
        var centres = new SeededNoise(1).Normal(10, 1, 16).mul(10);
        var features = centres.add(new SeededNoise(2).Normal(10, 20, 16)).reshape(200, 16);
        using var points = FeatureEmbedding.TSne(features, perplexity: 10, iterations: 600, initialization: initialization, seed: 3);
        points.shape.Should().Equal(200, 2);
        Purity(points, i => i / 20, 5).Should().BeGreaterThan(0.99);
        Number(points.mean([0]).abs().max()).Should().BeLessThan(1e-3);
    }

    [Test]
    public void A_seed_repeats_bit_for_bit()
    {
        using var first = FeatureEmbedding.TSne(Features(), 10, 60, initialization: "random", seed: 1);
        using var again = FeatureEmbedding.TSne(Features(), 10, 60, initialization: "random", seed: 1);
        using var other = FeatureEmbedding.TSne(Features(), 10, 60, initialization: "random", seed: 2);
        Numbers(again).Should().Equal(Numbers(first));
        Numbers(other).Should().NotEqual(Numbers(first));
    }

    [Test]
    public void Equal_points_do_not_break_it()
    {
        using var points = FeatureEmbedding.TSne(torch.ones(12, 3), perplexity: 4, iterations: 50);
        Numbers(points).Should().OnlyContain(v => double.IsFinite(v));
        using var components = FeatureEmbedding.Pca(torch.ones(12, 3));
        Numbers(components).Should().OnlyContain(v => v == 0);
    }

    [Test]
    public void Features_are_what_the_layer_answers()
    {
        var model = new Sequential([Conv2D(2, 3, inputShape: (6, 5, 1), name: "conv"), Flatten(), Dense(3, name: "dense")]);
        var images = new SeededNoise(1).Normal(7, 6, 5, 1);
        using var maps = new Model(model.Input, model.GetLayer("conv").Output).Predict(images);
        using var pooled = FeatureEmbedding.Of(model, "conv", images, batchSize: 3);
        using var unrolled = FeatureEmbedding.Of(model, "conv", images, pool: false);
        using var dense = FeatureEmbedding.Of(model, ^1, images, batchSize: 4);
        Number(pooled.sub(maps.Single.mean([1, 2])).abs().max()).Should().BeLessThan(1e-6);
        Number(unrolled.sub(maps.Single.flatten(1)).abs().max()).Should().BeLessThan(1e-6);
        using var answers = model.Predict(images);
        Number(dense.sub(answers.Single).abs().max()).Should().BeLessThan(1e-6);
    }

    [Test]
    public void Bad_input_is_refused()
    {
        var features = Features();
        Refused(() => FeatureEmbedding.Pca(torch.zeros(2, 3, 4)), "FeatureEmbedding: features must be a table*(2, 3, 4)*");
        Refused(() => FeatureEmbedding.Pca(features, 7), "FeatureEmbedding: dims must be between 1 and 6 for (90, 6) but was 7*");
        Refused(() => FeatureEmbedding.Pca(features.mul(double.NaN)), "FeatureEmbedding: every number must be finite*");
        Refused(() => FeatureEmbedding.TSne(features.narrow(0, 0, 3)), "FeatureEmbedding: t-SNE takes from 4 to 10000 points but received 3*");
        Refused(() => FeatureEmbedding.TSne(features, 90), "FeatureEmbedding: perplexity must be at least 1 and below the 90 points but was 90*");
        Refused(() => FeatureEmbedding.TSne(features, iterations: 0), "FeatureEmbedding: iterations must be*");
        Refused(() => FeatureEmbedding.TSne(features, learningRate: 0), "FeatureEmbedding: learningRate must be*");
        Refused(() => FeatureEmbedding.TSne(features, initialization: "zero"), "FeatureEmbedding: initialization must be \"pca\" or \"random\" but was \"zero\"*");
        var model = new Sequential([Dense(3, inputShape: 6, name: "dense")]);
        Refused(() => FeatureEmbedding.Of(model, "dens", features), "Model * has no layer 'dens'. Its layers are 'dense'*");
        Refused(() => FeatureEmbedding.Of(model, "dense", features.narrow(0, 0, 0)), "FeatureEmbedding: there must be at least one image*(0, 6)*");
        Refused(() => FeatureEmbedding.Of(model, "dense", features, batchSize: 0), "FeatureEmbedding: batchSize must be*");
    }

    private static void Refused(Action action, string message) => action.Should().Throw<KerasException>().WithMessage(message);

    private static Tensor Features() => torch.tensor(Golden("x"), [Rows, 6]);

    private static double[] Golden(string name) => [.. s_golden.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];

    private static NeighbourMap Map() => new(Affinities.Joint(Features(), s_golden.GetProperty("perplexity").GetDouble()), [.. Golden("y").Select(v => (float)v)]);

    /// <summary>The definition, in float64: Σ p log(p / q) with q = w / Σ w and w = 1 / (1 + d²).</summary>
    private static double Divergence(float[] p, double[] points)
    {
        var (sum, z) = (0.0, 0.0);
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < Rows; i++)
            {
                for (var j = 0; j < Rows; j++)
                {
                    if (i == j) continue;
                    var (dx, dy) = (points[2 * i] - points[2 * j], points[(2 * i) + 1] - points[(2 * j) + 1]);
                    var w = 1 / (1 + (dx * dx) + (dy * dy));
                    if (pass == 0) z += w;
                    else if (p[(i * Rows) + j] > 0) sum += p[(i * Rows) + j] * Math.Log(p[(i * Rows) + j] * z / w);
                }
            }
        }
        return sum;
    }

    /// <summary>The share of nearest neighbours that are of the same class.</summary>
    private static double Purity(Tensor points, Func<int, int> classOf, int neighbours)
    {
        var distances = torch.cdist(points, points);
        var (_, nearest) = distances.topk(neighbours + 1, 1, false);
        var found = Numbers(nearest);
        var same = 0;
        for (var i = 0; i < found.Length; i++)
        {
            if ((int)found[i] != i / (neighbours + 1) && classOf((int)found[i]) == classOf(i / (neighbours + 1))) same++;
        }
        return same / (double)(points.shape[0] * neighbours);
    }
}
