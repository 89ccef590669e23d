using DeepKeras.Initializers;
using TorchSharp;
using static TorchSharp.torch;

/// <summary>A function of two numbers, which are the layer's only weight, as a sum of squares.</summary>
internal sealed class Surface : Layer
{
    private readonly Weight _point;

    public Surface(string title, Func<Tensor, Tensor, Tensor[]> residuals, (double X, double Y) start, (double X, double Y) minimum, (double Low, double High) xRange, (double Low, double High) yRange)
    {
        (Title, Residuals, Begin, Minimum, XRange, YRange) = (title, residuals, start, minimum, xRange, yRange);
        _point = AddWeight("point", new Shape(2), new Zeros());
    }

    public string Title { get; }

    public (double X, double Y) Begin { get; }

    public (double X, double Y) Minimum { get; }

    public (double Low, double High) XRange { get; }

    public (double Low, double High) YRange { get; }

    /// <summary>The three surfaces of the picture.</summary>
    public static IReadOnlyList<Surface> All =>
    [
        new("Quadratic", (x, y) => [x, 5 * y], (-4, 1.4), (0, 0), (-5, 5), (-2.4, 2.4)),
        new("Rosenbrock", (x, y) => [1 - x, 10 * (y - (x * x))], (-1.2, 1), (1, 1), (-1.7, 1.7), (-0.7, 2)),
        new("Beale", (x, y) => [1.5 - x + (x * y), 2.25 - x + (x * y * y), 2.625 - x + (x * y * y * y)], (0.5, -0.6), (3, 0.5), (-0.6, 4.2), (-1.1, 1.9)),
    ];

    private Func<Tensor, Tensor, Tensor[]> Residuals { get; }

    /// <summary>What the squares are taken of, at the weight.</summary>
    public Tensor Differences() => stack(Residuals(_point.Value[0], _point.Value[1]));

    /// <summary>The mean of the squares.</summary>
    public Tensor Loss() => Differences().square().mean();

    /// <summary>The mean of the squares anywhere.</summary>
    public double At(double x, double y)
    {
        using var scope = NewDisposeScope();
        return stack(Residuals(tensor(x), tensor(y))).square().mean().item<double>();
    }

    public (double X, double Y) Place()
    {
        using var values = _point.ToTensor();
        var numbers = values.data<double>();
        return (numbers[0], numbers[1]);
    }

    public void Reset()
    {
        using var values = tensor(new[] { Begin.X, Begin.Y });
        _point.Assign(values);
    }
}
