using DeepKeras.Initializers;
using DeepKeras.Layers;

namespace DeepKeras.Tests.Optimizers.Fixtures;

/// <summary>A function of one float64 vector, which is the layer's only weight.</summary>
internal sealed class Surface : Layer
{
    private readonly Func<Tensor, Tensor> _function;

    private Surface(Func<Tensor, Tensor> function, double[] start)
    {
        _function = function;
        Point = AddWeight("point", new Shape(start.Length), new Zeros());
        Place(start);
    }

    public Weight Point { get; }

    public double[] Values => Numbers(Point.ToTensor());

    public double Value
    {
        get
        {
            using var scope = torch.NewDisposeScope();
            return Number(Loss().detach());
        }
    }

    /// <summary>A function and where to start on it.</summary>
    public static Surface Of(Func<Tensor, Tensor> function, params double[] start)
    {
        var before = Keras.FloatType;
        Keras.FloatType = ScalarType.Float64;
        try
        {
            return new Surface(function, start);
        }
        finally
        {
            Keras.FloatType = before;
        }
    }

    /// <summary>(1 − x)² + 100(y − x²)², also chained over more dimensions; least at (1, 1, …).</summary>
    public static Tensor Rosenbrock(Tensor x)
    {
        var (head, tail) = (x.narrow(0, 0, x.numel() - 1), x.narrow(0, 1, x.numel() - 1));
        return ((tail - head.square()).square() * 100 + (1 - head).square()).sum();
    }

    /// <summary>Rosenbrock's function of two dimensions as residuals.</summary>
    public static Tensor RosenbrockResiduals(Tensor x) => torch.stack([10 * (x[1] - x[0].square()), 1 - x[0]]);

    /// <summary>½Σ i·x_i² + 0.1Σx⁴ + Σx: convex, not quadratic.</summary>
    public static Tensor Bowl(Tensor x) =>
        (torch.arange(1, x.numel() + 1).to_type(ScalarType.Float64) * x.square()).sum() / 2 + 0.1 * x.pow(4).sum() + x.sum();

    /// <summary>Beale's function; least at (3, 0.5).</summary>
    public static Tensor Beale(Tensor x) =>
        (1.5 - x[0] + x[0] * x[1]).square() + (2.25 - x[0] + x[0] * x[1].square()).square() + (2.625 - x[0] + x[0] * x[1].pow(3)).square();

    public static Func<Tensor, Tensor> Named(string name) => name switch { "rosenbrock" => Rosenbrock, "bowl" => Bowl, _ => Beale };

    public Tensor Loss() => _function(Point.Value);

    public void Place(params double[] values)
    {
        using var tensor = torch.tensor(values);
        Point.Assign(tensor);
    }

    /// <summary>Takes steps and returns where each ended.</summary>
    public List<double[]> Run(Optimizer optimizer, int steps)
    {
        using var scope = torch.NewDisposeScope();
        var path = new List<double[]>();
        optimizer.Build(Weights);
        for (var i = 0; i < steps; i++)
        {
            if (optimizer is LevenbergMarquardt squares) squares.MinimizeSquares(Loss);
            else optimizer.Minimize(Loss);
            path.Add(Values);
        }
        return path;
    }
}
