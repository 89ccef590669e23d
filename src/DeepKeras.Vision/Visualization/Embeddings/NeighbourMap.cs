using System.Numerics;
using System.Runtime.InteropServices;

namespace DeepKeras.Vision.Visualization;

/// <summary>Points on a map with two axes that descend the Kullback–Leibler divergence of t-SNE.</summary>
/// <remarks>
/// With <c>w = 1 / (1 + ‖yᵢ − yⱼ‖²)</c> and <c>Z = Σ w</c> the gradient is <c>4 Σⱼ (p − w / Z) w (yᵢ − yⱼ)</c> (equation 5), so one pass over all pairs sums
/// attraction, repulsion and Z together. Each row is summed by one thread in a fixed order: the result does not depend on how many threads there are.
/// </remarks>
internal sealed class NeighbourMap
{
    private const double Exaggeration = 12;
    private const int ExaggeratedSteps = 250;
    private const float LeastGain = 0.01f;
    private readonly int _count;
    private readonly float[] _p;
    private readonly float[] _x;
    private readonly float[] _y;
    private readonly RowSums[] _sums;

    /// <param name="p">Joint probabilities, row by row.</param>
    /// <param name="start">x and y of each point.</param>
    public NeighbourMap(float[] p, ReadOnlySpan<float> start)
    {
        _count = start.Length / 2;
        _p = p;
        _x = new float[_count];
        _y = new float[_count];
        _sums = new RowSums[_count];
        for (var i = 0; i < _count; i++) (_x[i], _y[i]) = (start[2 * i], start[(2 * i) + 1]);
    }

    /// <summary>Gradient descent with momentum and a gain per coordinate (Jacobs, 1988), as in the authors' own code.</summary>
    public void Descend(int iterations, double learningRate)
    {
        var exaggerated = Math.Min(ExaggeratedSteps, iterations / 4);
        var (gradientX, gradientY) = (new float[_count], new float[_count]);
        var (moveX, moveY) = (new float[_count], new float[_count]);
        var (gainX, gainY) = (new float[_count], new float[_count]);
        for (var step = 0; step < iterations; step++)
        {
            if (step == 0 || step == exaggerated)
            {
                // The two phases are two descents: what the first has gathered would throw the second off its way.
                gainX.AsSpan().Fill(1);
                gainY.AsSpan().Fill(1);
                moveX.AsSpan().Clear();
                moveY.AsSpan().Clear();
            }
            Gradient(gradientX, gradientY, step < exaggerated ? Exaggeration : 1);
            var momentum = step < exaggerated ? 0.5f : 0.8f;
            Move(_x, gradientX, moveX, gainX, momentum, (float)learningRate);
            Move(_y, gradientY, moveY, gainY, momentum, (float)learningRate);
        }
    }

    /// <summary>The gradient of the divergence.</summary>
    public void Gradient(float[] alongX, float[] alongY, double exaggeration = 1)
    {
        Parallel.For(0, _count, Sum);
        var z = Normaliser();
        for (var i = 0; i < _count; i++)
        {
            alongX[i] = (float)(4 * ((exaggeration * _sums[i].AttractionX) - (_sums[i].RepulsionX / z)));
            alongY[i] = (float)(4 * ((exaggeration * _sums[i].AttractionY) - (_sums[i].RepulsionY / z)));
        }
    }

    /// <summary>The divergence <c>Σ p log(p / q)</c> in nats.</summary>
    public double Divergence()
    {
        Parallel.For(0, _count, Sum);
        var z = Normaliser();
        var sum = 0.0;
        for (var i = 0; i < _count; i++)
        {
            for (var j = 0; j < _count; j++)
            {
                double p = _p[((long)i * _count) + j];
                if (i == j || p <= 0) continue;
                var (dx, dy) = ((double)_x[i] - _x[j], (double)_y[i] - _y[j]);
                sum += p * Math.Log(p * z * (1 + (dx * dx) + (dy * dy)));
            }
        }
        return sum;
    }

    /// <summary>x and y of each point, their mean at 0.</summary>
    public float[] Centred()
    {
        var (meanX, meanY) = (_x.Average(), _y.Average());
        var points = new float[2 * _count];
        for (var i = 0; i < _count; i++) (points[2 * i], points[(2 * i) + 1]) = (_x[i] - meanX, _y[i] - meanY);
        return points;
    }

    private static void Move(float[] at, float[] gradient, float[] move, float[] gain, float momentum, float learningRate)
    {
        for (var i = 0; i < at.Length; i++)
        {
            gain[i] = Math.Max(LeastGain, move[i] * gradient[i] < 0 ? gain[i] + 0.2f : gain[i] * 0.8f);
            move[i] = (momentum * move[i]) - (learningRate * gain[i] * gradient[i]);
            at[i] += move[i];
        }
    }

    // Each point met itself once, with w = 1.
    private double Normaliser() => Math.Max(_sums.Sum(s => s.Weight - 1), double.Epsilon);

    private void Sum(int row)
    {
        var p = _p.AsSpan(checked(row * _count), _count);
        var (x, y) = (_x[row], _y[row]);
        var (px, py) = (new Vector<float>(x), new Vector<float>(y));
        Vector<float> weight = default, attractionX = default, attractionY = default, repulsionX = default, repulsionY = default;
        var wide = _count - (_count % Vector<float>.Count);
        var xs = MemoryMarshal.Cast<float, Vector<float>>(_x);
        var ys = MemoryMarshal.Cast<float, Vector<float>>(_y);
        var ps = MemoryMarshal.Cast<float, Vector<float>>(p);
        for (var j = 0; j < xs.Length; j++)
        {
            var (dx, dy) = (px - xs[j], py - ys[j]);
            var w = Vector<float>.One / (Vector<float>.One + (dx * dx) + (dy * dy));
            var pull = ps[j] * w;
            var push = w * w;
            weight += w;
            attractionX += pull * dx;
            attractionY += pull * dy;
            repulsionX += push * dx;
            repulsionY += push * dy;
        }
        var sums = new RowSums(Vector.Sum(weight), Vector.Sum(attractionX), Vector.Sum(attractionY), Vector.Sum(repulsionX), Vector.Sum(repulsionY));
        for (var j = wide; j < _count; j++)
        {
            var (dx, dy) = (x - _x[j], y - _y[j]);
            var w = 1 / (1 + (dx * dx) + (dy * dy));
            sums = new(sums.Weight + w, sums.AttractionX + (p[j] * w * dx), sums.AttractionY + (p[j] * w * dy), sums.RepulsionX + (w * w * dx), sums.RepulsionY + (w * w * dy));
        }
        _sums[row] = sums;
    }

    private readonly record struct RowSums(double Weight, double AttractionX, double AttractionY, double RepulsionX, double RepulsionY);
}
