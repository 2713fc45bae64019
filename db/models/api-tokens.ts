import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `api_tokens`. */
export class ApiTokenRow extends Model<InferAttributes<ApiTokenRow>, InferCreationAttributes<ApiTokenRow>> {
  declare id: CreationOptional<string>;
  declare userId: string;
  declare name: string;
  declare hash: Buffer;
  declare createdAt: CreationOptional<Date>;
  declare expiresAt: Date | null;
  declare lastUsedAt: Date | null;
  declare revokedAt: Date | null;

  static define(db: Sequelize): void {
    ApiTokenRow.init(
      {
        id: { type: DataTypes.UUID, primaryKey: true, allowNull: false },
        userId: {
          type: DataTypes.UUID,
          allowNull: false,
          references: { model: 'users', key: 'id' },
          onDelete: 'CASCADE',
          onUpdate: 'NO ACTION',
        },
        name: { type: DataTypes.TEXT, allowNull: false },
        hash: { type: DataTypes.BLOB, allowNull: false },
        createdAt: { type: DataTypes.DATE(6), allowNull: false },
        expiresAt: { type: DataTypes.DATE(6) },
        lastUsedAt: { type: DataTypes.DATE(6) },
        revokedAt: { type: DataTypes.DATE(6) },
      },
      { sequelize: db, tableName: 'api_tokens', modelName: 'api_tokens' },
    );
  }
}
