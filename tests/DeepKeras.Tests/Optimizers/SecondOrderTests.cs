using DeepKeras.Tests.Optimizers.Fixtures;

namespace DeepKeras.Tests.Optimizers;

/// <summary>Second-order optimizers on functions whose minimum is known, and beside PyTorch and SciPy.</summary>
public sealed class SecondOrderTests
{
    private static readonly Dictionary<string, Func<Optimizer>> s_optimizers = new(StringComparer.Ordinal)
    {
        ["newton"] = () => new Newton(),
        ["bfgs"] = () => new BFGS(),
        ["lbfgs"] = () => new LBFGS(),
        ["polak"] = () => new ConjugateGradient(restartEvery: 20),
        ["fletcher"] = () => new ConjugateGradient(method: "fletcher_reeves"),
    };

    public static IEnumerable<string> Names => s_optimizers.Keys;

    private static IEnumerable<TestCaseData> Fixture() => JsonFixture.Cases("Optimizers/Fixtures/second_order.json", "name");

    [TestCase("polak_ribiere")]
    [TestCase("fletcher_reeves")]
    public void Conjugate_gradients_end_a_quadratic_of_n_dimensions_after_n_steps(string method)
    {
        var surface = Surface.Of(Quadratic, 1, -2, 3, -1, 0.5, 2);
        var path = surface.Run(new ConjugateGradient(method: method, sufficientDecrease: 1e-9, curvature: 1e-8), 6);
        Distance(path[4], Solution(6)).Should().BeGreaterThan(1e-3, "five directions cannot span six dimensions");
        Distance(path[5], Solution(6)).Should().BeLessThan(1e-6);
    }

    [Test]
    public void Newton_ends_a_quadratic_in_one_step()
    {
        var surface = Surface.Of(Quadratic, 1, -2, 3, -1, 0.5, 2);
        var newton = new Newton();
        Distance(surface.Run(newton, 1)[0], Solution(6)).Should().BeLessThan(1e-9);
        newton.Evaluations.Should().Be(2, "once where it began, once where it ended");
    }

    [Test]
    public void Levenberg_Marquardt_ends_a_linear_fit_within_two_steps()
    {
        var factors = Sample(ScalarType.Float64, 12, 4);
        var target = Sample(ScalarType.Float64, 12);
        var surface = Surface.Of(w => factors.mv(w) - target, 3, -1, 2, 5);
        var path = surface.Run(new LevenbergMarquardt(damping: 1e-10), 2);
        var expected = Numbers(torch.linalg.solve(factors.t().mm(factors), factors.t().mv(target)));
        Distance(path[1], expected).Should().BeLessThan(1e-9);
    }

    [TestCase("newton", 25)]
    [TestCase("bfgs", 45)]
    [TestCase("lbfgs", 60)]
    public void The_error_on_Rosenbrocks_valley_shrinks_faster_than_by_any_factor(string name, int steps)
    {
        var errors = Surface.Of(Surface.Rosenbrock, -1.2, 1).Run(s_optimizers[name](), steps).ConvertAll(p => Distance(p, [1, 1]));
        AssertSuperlinear(errors);
    }

    [Test]
    public void Levenberg_Marquardt_is_superlinear_where_the_residuals_vanish()
    {
        var errors = Surface.Of(Surface.RosenbrockResiduals, -1.2, 1).Run(new LevenbergMarquardt(), 40).ConvertAll(p => Distance(p, [1, 1]));
        AssertSuperlinear(errors);
    }

    [TestCaseSource(nameof(Names))]
    public void Every_one_finds_the_minimum_of_Rosenbrock_and_of_Beale(string name)
    {
        Distance(Surface.Of(Surface.Rosenbrock, -1.2, 1).Run(s_optimizers[name](), 200)[^1], [1, 1]).Should().BeLessThan(1e-5);
        Distance(Surface.Of(Surface.Beale, 1, 1).Run(s_optimizers[name](), 200)[^1], [3, 0.5]).Should().BeLessThan(1e-5);
    }

    [TestCaseSource(nameof(Fixture))]
    public void LBFGS_walks_as_PyTorchs(JsonElement expected)
    {
        var start = JsonFixture.Numbers(expected.GetProperty("start"));
        var lbfgs = new LBFGS();
        var surface = Surface.Of(Surface.Named(expected.GetProperty("name").GetString()!), start);
        foreach (var (point, evaluations) in expected.GetProperty("path").EnumerateArray().Zip(expected.GetProperty("evaluations").EnumerateArray()))
        {
            var place = surface.Run(lbfgs, 1)[0];
            Distance(place, JsonFixture.Numbers(point)).Should().BeLessThan(1e-5, $"after {lbfgs.Iterations} steps");
            lbfgs.Evaluations.Should().Be(evaluations.GetInt64());
        }
    }

    [TestCaseSource(nameof(Fixture))]
    public void BFGS_ends_where_SciPys_does_with_no_more_work(JsonElement expected)
    {
        var surface = Surface.Of(Surface.Named(expected.GetProperty("name").GetString()!), JsonFixture.Numbers(expected.GetProperty("start")));
        var minimum = JsonFixture.Numbers(expected.GetProperty("minimum"));
        var bfgs = new BFGS();
        var steps = 0;
        while (Distance(surface.Values, minimum) > 1e-6 && steps < 200)
        {
            _ = surface.Run(bfgs, 1);
            steps++;
        }
        steps.Should().BeLessThan(200);
        // Ours looks at the start of each step anew, because the batch may be another one.
        (bfgs.Evaluations - steps).Should().BeLessThanOrEqualTo((long)(1.5 * expected.GetProperty("scipy_evaluations").GetInt32()));
    }

    private static void AssertSuperlinear(List<double> errors)
    {
        // The last steps before rounding ends it: each ratio e(k+1)/e(k) is small, and they fall.
        var end = errors.FindIndex(e => e < 1e-9);
        end.Should().BeGreaterThan(3, $"the minimum must be reached: {string.Join(" ", errors.Select(e => e.ToString("E1")))}");
        var ratios = Enumerable.Range(end - 2, 3).Select(k => errors[k] / errors[k - 1]).ToArray();
        ratios[^1].Should().BeLessThan(0.1, string.Join(" ", errors.Select(e => e.ToString("E1"))));
        ratios.Average().Should().BeLessThan(0.3);
    }

    /// <summary>½xᵀAx − bᵀx with the Hilbert-like matrix A = I·i + 1 / (i + j), b = 1.</summary>
    private static Tensor Quadratic(Tensor x) => (x.dot(Matrix(x.numel()).mv(x)) / 2) - x.sum();

    private static Tensor Matrix(long n)
    {
        var i = torch.arange(1, n + 1).to_type(ScalarType.Float64);
        return torch.diag(i).add((i.unsqueeze(1) + i.unsqueeze(0)).reciprocal());
    }

    private static double[] Solution(long n) => Numbers(torch.linalg.solve(Matrix(n), torch.ones([n], ScalarType.Float64)));

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (p, q) => (p - q) * (p - q)).Sum());
}
